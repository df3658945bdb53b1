/// A JSON merge patch (RFC 7386).
enum MergePatch {
    /// Merges objects member by member; null removes; lists replace.
    static func merge(_ patch: SimJSON, into target: SimJSON) -> SimJSON {
        guard case .object(let changes) = patch else { return patch }
        var result = target.objectValue == nil ? SimJSON.emptyObject : target
        for change in changes.members {
            result[change.key] = change.value.isNull ? .null : merge(change.value, into: result[change.key])
        }
        return result
    }
}
