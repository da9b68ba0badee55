"""Questions in people's words, read into conditions: small words as data by language, rules over what they do."""
