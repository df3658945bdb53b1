/// A program of a container: gets everything it needs in its invocation and gives its exit code.
typealias Program = @Sendable (Invocation) async throws -> Int

/// The programs that images hold, by name.
enum ProgramTable {
    static let programs: [String: Program] = {
        var all: [String: Program] = [:]
        for family in [shells, texts, filters, files, system, archives, network, screens] {
            all.merge(family) { first, _ in first }
        }
        return all
    }()
}
