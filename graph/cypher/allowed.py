"""What a researcher's query may consist of: everything that is not named here is refused."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLAUSES = frozenset(
    {
        "matchClause",
        "withClause",
        "returnClause",
        "unwindClause",
        "callClause",
        "subqueryClause",
        "orderBySkipLimitClause",
    }
)

PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys"})

AGGREGATIONS = frozenset(
    ["avg", "collect", "count", "max", "min", "percentilecont", "percentiledisc", "stdev", "stdevp", "sum"]
)  # fmt: skip

FUNCTIONS = AGGREGATIONS | _words(
    """
    abs acos asin atan atan2 ceil char_length character_length coalesce cos cot date date.realtime date.statement
    date.transaction date.truncate datetime datetime.fromepoch datetime.fromepochmillis datetime.truncate degrees
    duration duration.between duration.indays duration.inmonths duration.inseconds e elementid endnode exists exp
    floor haversin head id isempty isnan keys labels last left length localdatetime localdatetime.truncate localtime
    localtime.truncate log log10 lower ltrim nodes nullif pi point point.distance point.withinbbox properties
    radians rand range relationships replace reverse right round rtrim sign sin size split sqrt startnode substring
    tail tan time time.truncate timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist tofloatornull
    tointeger tointegerlist tointegerornull tolower tostring tostringlist tostringornull toupper trim type upper
    valuetype vector.similarity.cosine vector.similarity.euclidean
    """
)

OPERATORS = _words(
    """
    Aggregation AllNodesScan AllShortestPaths AntiConditionalApply AntiSemiApply Apply ArgumentTracker Argument
    AssertingMultiNodeIndexSeek AssertSameNode AssertSameRelationship BidirectionalTraversal CacheProperties
    CartesianProduct ConditionalApply DirectedAllRelationshipsScan DirectedRelationshipByElementIdSeek
    DirectedRelationshipByIdSeek DirectedRelationshipIndexContainsScan DirectedRelationshipIndexEndsWithScan
    DirectedRelationshipIndexScan DirectedRelationshipIndexSeek DirectedRelationshipIndexSeekByRange
    DirectedRelationshipTypeScan DirectedUnionRelationshipTypesScan Distinct DynamicLabelNodeLookup EagerAggregation
    Eager ExhaustiveLimit Expand(All) Expand(Into) Filter IntersectionNodeByLabelsScan LeftOuterHashJoin
    LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit MultiNodeIndexSeek
    NodeByElementIdSeek NodeByIdSeek NodeByLabelScan NodeCountFromCountStore NodeHashJoin NodeIndexContainsScan
    NodeIndexEndsWithScan NodeIndexScan NodeIndexSeek NodeIndexSeekByRange NodeUniqueIndexSeek
    NodeUniqueIndexSeekByRange OptionalExpand(All) OptionalExpand(Into) Optional OrderedAggregation OrderedDistinct
    OrderedUnion PartialSort PartialTop PathPropagatingBFS ProcedureCall ProduceResults ProjectEndpoints Projection
    RelationshipCountFromCountStore Repeat(Trail) Repeat(Walk) RepeatOptions RightOuterHashJoin RollUpApply
    SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath(All)
    StatefulShortestPath(Into) SubtractionNodeByLabelsScan Top Top1 Trail TriadicBuild TriadicFilter
    TriadicSelection UndirectedAllRelationshipsScan UndirectedRelationshipByElementIdSeek
    UndirectedRelationshipByIdSeek UndirectedRelationshipIndexContainsScan UndirectedRelationshipIndexEndsWithScan
    UndirectedRelationshipIndexScan UndirectedRelationshipIndexSeek UndirectedRelationshipIndexSeekByRange
    UndirectedRelationshipTypeScan UndirectedUnionRelationshipTypesScan Union UnionNodeByLabelsScan Unwind
    ValueHashJoin VarLengthExpand(All) VarLengthExpand(Into) VarLengthExpand(Pruning) VarLengthExpand(Pruning,BFS)
    VarLengthExpand(Pruning,BFS,All) VarLengthExpand(Pruning,BFS,Into) OptionalVarLengthExpand(All)
    OptionalVarLengthExpand(Into) PointDistanceNodeIndexSeek PointDistanceDirectedRelationshipIndexSeek
    PointDistanceUndirectedRelationshipIndexSeek PointBoundingBoxNodeIndexSeek
    PointBoundingBoxDirectedRelationshipIndexSeek PointBoundingBoxUndirectedRelationshipIndexSeek
    """
)
"""Operators of Neo4j's plans that read the graph and compute; the server adds "@database" to each name."""

WHAT_IS_ALLOWED = (
    "Queries may read with MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, CALL {…}, UNION, RETURN, ORDER BY, SKIP, LIMIT, "
    "EXISTS, COUNT and COLLECT subqueries, the built-in functions, and CALL db.labels, db.relationshipTypes, "
    "db.propertyKeys."
)
