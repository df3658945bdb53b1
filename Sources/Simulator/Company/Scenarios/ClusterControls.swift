/// What a scenario may do to a cluster: no more than a person, a pipeline or a power cut could.
protocol ClusterControls: Sendable {
    /// Changes the image of one container of a deployment, stateful set or daemon set.
    func setImage(_ image: String, ofContainer container: String, workload: String, namespace: String) async

    /// What containers of that name and image will do from now on.
    func setBehaviour(_ oddity: SimWorkload.Oddity, ofContainer container: String, image: String) async

    /// Takes a machine down, or brings it back.
    func setNode(_ node: String, isUp: Bool) async
}
