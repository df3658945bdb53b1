import Core

extension PlainFailure {
    /// As the manual page lists them.
    var exitCode: Int32 {
        switch kind {
        case .other: 1
        case .notFound: 2
        case .unreachable: 3
        case .refused: 4
        case .mistaken: 64
        }
    }
}
