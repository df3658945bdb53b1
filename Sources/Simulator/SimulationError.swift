/// Why a simulation does not start.
public enum SimulationError: Error, Equatable, CustomStringConvertible {
    case unknownScenario(String)

    public var description: String {
        switch self {
        case .unknownScenario(let name):
            "there is no scenario \"\(name)\"; there are \(Scenario.allCases.map(\.rawValue).joined(separator: ", "))"
        }
    }
}
