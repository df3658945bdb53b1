extension KubernetesServer {
    /// What the cluster's own rules say to a write that is well-formed; `before` is nil for a new object.
    func admit(_ json: SimJSON, before: SimJSON?, _ request: ResourceRequest) throws(APIStatus) {}

    /// Whether a namespace's quota has room for a new object.
    func checkQuota(_ json: SimJSON, _ request: ResourceRequest) throws(APIStatus) {}
}
