import Model

/// What hangs together with an object.
extension KubernetesClient {
    /// The tree of owners that an object stands in, or who refers to it. `kinds` are what the server has, for owners of
    /// kinds that are not built in.
    ///
    /// What may not be read becomes a notice; the object itself missing is thrown.
    public func related(
        to object: ObjectReference, _ question: RelatedObjects.Question, kinds: [ResourceKind]
    ) async throws -> RelatedObjects {
        switch question {
        case .tree: try await OwnerTree.read(of: object, kinds: kinds, client: self)
        case .usedBy: try await UsedBy.read(object, client: self)
        }
    }
}
