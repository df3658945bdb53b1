import Core
import Foundation
import NcursesTerminal
import PaneKit
import Simulator

extension PlainFailure {
    /// As Core sees it, and the errors of what stands beside Core.
    init(ofProgram error: any Error) {
        switch error {
        case let error as KeymapError: self.init(.mistaken, error.description)
        case let error as ThemeError: self.init(.mistaken, error.description)
        case let error as SimulationError: self.init(.mistaken, error.description)
        case let error as TerminalError: self.init(.other, error.description)
        case let error as CocoaError: self.init(.other, Self.words(about: error))
        default: self.init(error)
        }
    }

    /// Foundation's words about a file, and the file.
    private static func words(about error: CocoaError) -> String {
        let path = error.userInfo[NSFilePathErrorKey] as? String
        return error.localizedDescription + (path.map { " (\($0))" } ?? "")
    }

    /// As the manual page lists them.
    var exitCode: Int32 { kind.exitCode }
}

extension PlainFailure.Kind {
    /// As the manual page lists them.
    var exitCode: Int32 {
        switch self {
        case .other: 1
        case .notFound: 2
        case .unreachable: 3
        case .refused: 4
        case .mistaken: 64
        }
    }
}
