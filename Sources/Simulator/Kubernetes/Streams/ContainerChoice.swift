/// The container that a request means: the one it names, or the only one.
struct ContainerChoice {
    let name: String

    init(_ wanted: String?, of pod: SimJSON, _ podName: String) throws(APIStatus) {
        func names(_ list: String) -> [String] { pod["spec"][list].items.compactMap { $0["name"].stringValue } }
        let (main, initial) = (names("containers"), names("initContainers"))
        if let wanted, !wanted.isEmpty {
            guard (main + initial + names("ephemeralContainers")).contains(wanted) else {
                throw .badRequest("container \(wanted) is not valid for pod \(podName)")
            }
            name = wanted
            return
        }
        let chosen = pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"].stringValue
        if main.count == 1 {
            name = main[0]
        } else if let chosen, main.contains(chosen) {
            name = chosen
        } else {
            var choice = "choose one of: [\(main.joined(separator: " "))]"
            if !initial.isEmpty { choice += " or one of the init containers: [\(initial.joined(separator: " "))]" }
            throw .badRequest("a container name must be specified for pod \(podName), \(choice)")
        }
    }
}
