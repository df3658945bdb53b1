extension KubernetesServer {
    func forwardAnswer(_ request: SimRequest, _ target: StreamTarget) throws(APIStatus) -> SimResponse {
        throw .methodNotAllowed
    }
}
