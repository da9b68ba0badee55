"""Running a grammar that is data: the ANTLR runtime predicts, this walks (its own interpreter for Python is broken)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from antlr4 import CommonTokenStream, Lexer, Parser, Token
from antlr4.atn.ATNState import ATNState
from antlr4.atn.LexerATNSimulator import LexerATNSimulator
from antlr4.atn.ParserATNSimulator import ParserATNSimulator
from antlr4.atn.Transition import Transition
from antlr4.error.Errors import LexerNoViableAltException, ParseCancellationException, RecognitionException
from antlr4.error.ErrorStrategy import BailErrorStrategy
from antlr4.ParserRuleContext import InterpreterRuleContext

if TYPE_CHECKING:
    from graph.cypher.parsing import Grammar


class Syntax(Exception):
    """The text does not follow the grammar, from this line and column (both from 1) on."""

    def __init__(self, line: int, column: int, found: str) -> None:
        super().__init__(f"line {line}, column {column}")
        self.line = line
        self.column = column
        self.found = found


def tokens_of(characters: Any, grammar: Grammar) -> Any:
    """All tokens of a text. Raises `Syntax`."""
    stream = CommonTokenStream(_Lexer(characters, grammar))
    stream.fill()
    return stream


def parser_of(tokens: Any, grammar: Grammar) -> _Walker:
    """A parser over these tokens."""
    return _Walker(tokens, grammar)


class _Lexer(Lexer):  # type: ignore[misc]
    def __init__(self, characters: Any, grammar: Grammar) -> None:
        super().__init__(characters)
        self._interp = LexerATNSimulator(self, grammar.network, grammar.decisions, grammar.contexts)

    def notifyListeners(self, e: LexerNoViableAltException) -> None:
        raise Syntax(self._tokenStartLine, self._tokenStartColumn + 1, self._input.getText(e.startIndex, e.startIndex))


class _Walker(Parser):  # type: ignore[misc]
    state: int

    def __init__(self, tokens: Any, grammar: Grammar) -> None:
        super().__init__(tokens)
        self.ruleNames = list(grammar.rules)
        self.literalNames = list(grammar.literals)
        self.symbolicNames = list(grammar.symbols)
        self._network = grammar.network
        self._interp = ParserATNSimulator(self, grammar.network, grammar.decisions, grammar.contexts)
        self._errHandler = BailErrorStrategy()

    def run(self, rule: str) -> Any:
        """The context of this rule over all tokens. Raises `Syntax`."""
        try:
            return self._walk(self.ruleNames.index(rule))
        except (RecognitionException, ParseCancellationException, RecursionError) as error:
            token = getattr(error, "offendingToken", None) or self.getCurrentToken()
            found = "" if token.type == Token.EOF else token.text
            raise Syntax(token.line, token.column + 1, found) from error

    def _walk(self, index: int) -> Any:
        root = InterpreterRuleContext(None, ATNState.INVALID_STATE_NUMBER, index)
        self.enterRule(root, self._network.ruleToStartState[index].stateNumber, index)
        while True:
            state = self._network.states[self.state]
            if state.stateType == ATNState.RULE_STOP:
                ended = self._ctx
                self.exitRule()
                if ended is root:
                    return root
                self.state = self._network.states[ended.invokingState].transitions[0].followState.stateNumber
            else:
                self._step(state)

    def _step(self, state: Any) -> None:
        choice = (
            self._interp.adaptivePredict(self._input, state.decision, self._ctx) if len(state.transitions) > 1 else 1
        )
        transition = state.transitions[choice - 1]
        kind = transition.serializationType
        if kind == Transition.RULE:
            index = transition.target.ruleIndex
            context = InterpreterRuleContext(self._ctx, state.stateNumber, index)
            self.enterRule(context, transition.target.stateNumber, index)
            return
        if kind == Transition.ATOM:
            self.match(transition.label_)
        elif kind in (Transition.RANGE, Transition.SET, Transition.NOT_SET):
            if not transition.matches(self._input.LA(1), Token.MIN_USER_TOKEN_TYPE, Lexer.MAX_CHAR_VALUE):
                self._errHandler.recoverInline(self)
            self.consume()
        elif kind == Transition.WILDCARD:
            self.consume()
        self.state = transition.target.stateNumber
