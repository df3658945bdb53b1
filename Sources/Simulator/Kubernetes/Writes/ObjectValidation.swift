/// What a server finds wrong with an object, in the server's order and words; far from everything that a real one
/// checks, but what people get wrong.
struct ObjectValidation: Sendable {
    let resource: APIResource

    /// The problems of a new object.
    func problems(_ json: SimJSON) -> [FieldProblem] {
        var problems = metadataProblems(json)
        problems += specProblems(json["spec"])
        return problems
    }

    /// The problems of a changed object; `wanted` is what the client asked for before the server put back its own.
    func problems(_ after: SimJSON, before: SimJSON, wanted: SimJSON) -> [FieldProblem] {
        problems(after)
    }

    private func metadataProblems(_ json: SimJSON) -> [FieldProblem] { [] }

    private func specProblems(_ spec: SimJSON) -> [FieldProblem] { [] }
}
