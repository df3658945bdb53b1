extension KubernetesServer {
    /// The reviews with which somebody asks what they may do and who they are.
    func reviewAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse? {
        guard request.http.method == "POST", request.path.name == nil else { return nil }
        let review: SimJSON
        switch request.resource.plural {
        case "selfsubjectreviews": review = whoAmI(request)
        case "selfsubjectaccessreviews": review = accessReview(try body(request), request)
        case "selfsubjectrulesreviews": review = rulesReview(try body(request), request)
        default: return nil
        }
        return .json(review, status: 201, headers: [("Cache-Control", "no-cache, private")])
    }

    /// The request's body as a tree.
    func body(_ request: ResourceRequest) throws(APIStatus) -> SimJSON {
        try WriteBody.object(request.http, kind: request.resource.kind)
    }

    private func head(_ request: ResourceRequest, metadata: SimJSON = .emptyObject) -> SimJSON {
        [
            "kind": .string(request.resource.kind), "apiVersion": .string(request.resource.groupVersion),
            "metadata": metadata,
        ]
    }

    private func whoAmI(_ request: ResourceRequest) -> SimJSON {
        var review = head(request, metadata: ["creationTimestamp": .string(KubeTime.text(clock.now))])
        review["status"] = [
            "userInfo": [
                "username": .string(request.user.name),
                "groups": .array(request.user.groups.map { .string($0) }),
            ]
        ]
        return review
    }

    private func accessReview(_ body: SimJSON, _ request: ResourceRequest) -> SimJSON {
        let authorizer = Authorizer(store: store)
        let attributes = body["spec"]["resourceAttributes"]
        var reason: String?
        if attributes.isNull {
            let path = body["spec"]["nonResourceAttributes"]["path"].stringValue ?? ""
            reason = authorizer.allowsPath(path, request.user) ? "" : nil
        } else {
            func text(_ name: String) -> String { attributes[name].stringValue ?? "" }
            let access = AccessRequest(
                verb: text("verb"), group: text("group"), resource: text("resource"), subresource: text("subresource"),
                namespace: text("namespace"), name: text("name"))
            reason = authorizer.reason(access, request.user)
        }
        var review = head(request)
        review["spec"] = body["spec"]
        review["status"] = ["allowed": .bool(reason != nil)]
        if let reason, !reason.isEmpty { review["status"]["reason"] = .string(reason) }
        return review
    }

    private func rulesReview(_ body: SimJSON, _ request: ResourceRequest) -> SimJSON {
        let namespace = body["spec"]["namespace"].stringValue ?? ""
        let rules = Authorizer(store: store).grants(request.user, namespace: namespace).flatMap(\.rules)
        var review = head(request)
        review["spec"] = .emptyObject
        review["status"] = [
            "resourceRules": .array(rules.filter { !$0["resources"].isNull }.map { Self.rule($0, "resources") }),
            "nonResourceRules": .array(
                rules.filter { !$0["nonResourceURLs"].isNull }.map { Self.rule($0, "nonResourceURLs") }),
            "incomplete": false,
        ]
        return review
    }

    private static func rule(_ rule: SimJSON, _ list: String) -> SimJSON {
        SimJSON.object(
            SimObject([
                ("verbs", rule["verbs"]), ("apiGroups", list == "resources" ? rule["apiGroups"] : .null),
                (list, rule[list]), ("resourceNames", rule["resourceNames"]),
            ])
        ).withoutNulls
    }
}
