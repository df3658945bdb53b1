/// What the query of a write asks for besides the change itself.
struct WriteOptions: Sendable, Equatable {
    /// What becomes of fields that the schema does not have.
    enum FieldValidation: String, Sendable { case ignore = "Ignore", warn = "Warn", strict = "Strict" }

    var isDryRun: Bool
    /// Who is said to own the fields that are written: the one named, or the first word of the user agent.
    var manager: String
    var isManagerNamed: Bool
    var validation: FieldValidation
    var isForced: Bool

    /// - Parameter kind: `CreateOptions`, `UpdateOptions`, `PatchOptions` or `DeleteOptions`, for refusals.
    init(_ request: SimRequest, kind: String) throws(APIStatus) {
        let dryRun = request.query.filter { $0.name == "dryRun" }.map(\.value)
        if let odd = dryRun.first(where: { $0 != "All" }) {
            throw .invalid(
                kind, "", group: "meta.k8s.io",
                [.notSupported("dryRun", odd, supported: ["All"])])
        }
        isDryRun = !dryRun.isEmpty
        let named = request.parameter("fieldManager") ?? ""
        isManagerNamed = !named.isEmpty
        let agent = request.header("user-agent")?.split(separator: "/").first.map(String.init) ?? "unknown"
        manager = named.isEmpty ? agent : named
        let wanted = request.parameter("fieldValidation") ?? ""
        guard let validation = wanted.isEmpty ? .warn : FieldValidation(rawValue: wanted) else {
            throw .invalid(
                kind, "", group: "meta.k8s.io",
                [.notSupported("fieldValidation", wanted, supported: ["Ignore", "Strict", "Warn"])])
        }
        self.validation = validation
        isForced = request.flag("force")
    }
}
