extension KubernetesServer {
    private static let webhooks = "validatingwebhookconfigurations.admissionregistration.k8s.io"

    /// What the cluster's own rules say to a write that is well-formed; `before` is nil for a new object.
    ///
    /// The make-believe company runs one webhook: it refuses images that are not pinned to a version. It is asked where
    /// a `ValidatingWebhookConfiguration` names it, in the namespaces that its selector takes.
    func admit(_ json: SimJSON, before: SimJSON?, _ request: ResourceRequest) throws(APIStatus) {
        guard let namespace = request.path.namespace, request.path.subresource == nil else { return }
        let images = Self.images(of: json, request.resource.kind)
        guard !images.isEmpty, images != before.map({ Self.images(of: $0, request.resource.kind) }) else { return }
        let configurations = store.all(Self.webhooks)
        guard !configurations.isEmpty, let labels = store.get("namespaces", "", namespace)?.labels else { return }
        for webhook in configurations.flatMap({ $0.json["webhooks"].items }) {
            guard LabelSelector(workload: webhook["namespaceSelector"]).matches(labels),
                let image = images.first(where: { ImageReference($0)?.tag == "latest" })
            else { continue }
            throw .webhook(
                webhook["name"].stringValue ?? "",
                "image \"\(image)\" is not pinned to a version: the tag \"latest\" is not allowed in namespace "
                    + "\(namespace)")
        }
    }

    private static func images(of json: SimJSON, _ kind: String) -> [String] {
        let spec =
            switch kind {
            case "Pod": json["spec"]
            case "CronJob": json.at("spec", "jobTemplate", "spec", "template", "spec")
            default: json.at("spec", "template", "spec")
            }
        return ["initContainers", "containers"].flatMap { spec[$0].items.compactMap { $0["image"].stringValue } }
    }

    /// Whether a namespace's quotas have room for a new pod.
    func checkQuota(_ json: SimJSON, _ request: ResourceRequest) throws(APIStatus) {
        guard request.resource.kind == "Pod", let namespace = request.path.namespace else { return }
        let name = json["metadata"]["name"].stringValue ?? ""
        guard let problem = ResourceQuotas(store: store).refusal(of: json["spec"], in: namespace) else { return }
        throw .refused(request.resource, name, problem)
    }
}

extension APIStatus {
    /// The refusal of an admission webhook.
    fileprivate static func webhook(_ name: String, _ why: String) -> APIStatus {
        APIStatus(
            code: 403, reason: "Forbidden",
            message: "admission webhook \(SimJSON.string(name).text) denied the request: \(why)")
    }
}
