import Foundation

extension ManagedFields {
    /// Who wrote an object: as it is noted in it or, where nobody noted anything, whoever writes such objects in the
    /// make-believe company.
    static func of(_ json: SimJSON, _ resource: APIResource) -> ManagedFields {
        let noted = json["metadata"]["managedFields"]
        guard noted.isNull else { return ManagedFields(noted) }
        let walk = FieldWalk(resource)
        let fields = stripped(walk.difference(walk.skeleton(), json.withoutStatus(of: resource)).added)
        var all = ManagedFields(.null)
        guard !fields.isEmpty else { return all }
        all.entries = [
            Entry(
                manager: usualWriter(of: json, resource), isApplied: false, apiVersion: resource.groupVersion,
                time: json["metadata"]["creationTimestamp"].stringValue ?? "", fields: fields)
        ]
        return all
    }

    private static func usualWriter(of json: SimJSON, _ resource: APIResource) -> String {
        switch resource.kind {
        case "Node", "Lease": "kubelet"
        case "Endpoints", "EndpointSlice": "kube-controller-manager"
        case _ where json["metadata"]["ownerReferences"].items.contains { $0["controller"] == true }:
            "kube-controller-manager"
        default: "jenkins-deploy"
        }
    }

    /// The entry of a write that is happening.
    static func writer(_ options: WriteOptions, _ request: ResourceRequest, isApplied: Bool, now: Date) -> Entry {
        Entry(
            manager: options.manager, isApplied: isApplied, apiVersion: request.resource.groupVersion,
            time: KubeTime.text(now), subresource: request.path.subresource, fields: FieldSet())
    }
}

extension SimJSON {
    /// The object without the status that has a path of its own, and without the notes about its writers.
    func withoutStatus(of resource: APIResource) -> SimJSON {
        var json = self
        if resource.hasStatus { json["status"] = .null }
        json["metadata"]["managedFields"] = .null
        return json
    }
}
