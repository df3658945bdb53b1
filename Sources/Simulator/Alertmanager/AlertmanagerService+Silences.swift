import Foundation

extension AlertmanagerService {
    /// `GET /silences`.
    func list(_ request: SimRequest) -> SimResponse {
        let parsed = request.query.filter { $0.name == "filter" }.map { AlertMatcher(parsing: $0.value) }
        guard !parsed.contains(nil) else { return badFilter(request) }
        let filter = parsed.compactMap { $0 }
        let now = state.clock.now
        let chosen = silences.sorted(at: now).filter { silence in
            request.parameter(silence.state(at: now).rawValue) != "false" && silence.fits(filter)
        }
        return .json(.array(chosen.map { json(of: $0, at: now) }))
    }

    /// `POST /silences`: creates one, or changes the one whose id is given.
    func create(_ request: SimRequest) -> SimResponse {
        let now = state.clock.now
        // Any reason why the body is no JSON is the same to the sender.
        guard let json = try? SimJSON(parsing: request.body) else {
            return .json(
                ["code": 400, "message": "parsing silence body from \"\" failed, because invalid JSON"], status: 400)
        }
        for field in ["comment", "createdBy", "endsAt", "matchers", "startsAt"] where json[field] == .null {
            return .json(["code": 602, "message": .string("silence.\(field) in body is required")], status: 422)
        }
        guard let silence = Silence(json) else {
            return .json(["code": 602, "message": "silence in body must be of type silence"], status: 422)
        }
        guard silence.startsAt < silence.endsAt else {
            return .json("failed to create silence: start time must be before end time", status: 400)
        }
        guard silence.endsAt > now else {
            return .json("failed to create silence: end time can't be in the past", status: 400)
        }
        guard silence.matchers.contains(where: { !$0.matches([:]) }) else {
            return .json("silence invalid: at least one matcher must not match the empty string", status: 400)
        }
        do {
            return .json(["silenceID": .string(try silences.set(silence, at: now))])
        } catch {
            return .json("silence not found", status: 404)
        }
    }

    /// `GET` and `DELETE /silence/{id}`.
    func silence(_ id: String, method: String) -> SimResponse {
        guard UUID(uuidString: id) != nil else {
            return .json(
                ["code": 601, "message": .string("silenceID in path must be of type uuid: \"\(id)\"")], status: 422)
        }
        let now = state.clock.now
        switch method {
        case "GET":
            guard let silence = silences.silence(id) else { return SimResponse(status: 404) }
            return .json(json(of: silence, at: now))
        case "DELETE":
            do throws(SilenceBook.Refusal) {
                try silences.expire(id, at: now)
                return SimResponse(status: 200)
            } catch {
                guard case .alreadyExpired(let id) = error else { return SimResponse(status: 404) }
                return .json(.string("silence \(id) already expired"), status: 500)
            }
        default: return SimResponse(status: 405)
        }
    }

    private func json(of silence: Silence, at now: Date) -> SimJSON {
        [
            "id": .string(silence.id), "status": ["state": .string(silence.state(at: now).rawValue)],
            "updatedAt": .string(silence.updatedAt.milliseconds), "comment": .string(silence.comment),
            "createdBy": .string(silence.createdBy), "endsAt": .string(silence.endsAt.milliseconds),
            "matchers": .array(
                silence.matchers.map {
                    [
                        "isEqual": .bool($0.isEqual), "isRegex": .bool($0.isRegex), "name": .string($0.name),
                        "value": .string($0.value),
                    ]
                }),
            "startsAt": .string(silence.startsAt.milliseconds),
        ]
    }
}

extension Silence {
    /// Whether a list asked for by these conditions holds it: each must fit one of its own matchers.
    fileprivate func fits(_ filter: [AlertMatcher]) -> Bool {
        let own = matchers.reduce(into: [String: String]()) { $0[$1.name] = $1.value }
        return filter.allSatisfy { $0.matches(own) }
    }

    fileprivate init?(_ json: SimJSON) {
        guard let startsAt = json["startsAt"].stringValue.flatMap(Date.init(rfc3339:)),
            let endsAt = json["endsAt"].stringValue.flatMap(Date.init(rfc3339:)),
            let matchers = json["matchers"].arrayValue
        else { return nil }
        let read = matchers.map { matcher -> AlertMatcher? in
            guard let name = matcher["name"].stringValue, let value = matcher["value"].stringValue else { return nil }
            return AlertMatcher(
                name: name, value: value, isRegex: matcher["isRegex"].boolValue ?? false,
                isEqual: matcher["isEqual"].boolValue ?? true)
        }
        guard !read.isEmpty, !read.contains(nil) else { return nil }
        self.init(
            id: json["id"].stringValue ?? "", matchers: read.compactMap { $0 }, startsAt: startsAt, endsAt: endsAt,
            updatedAt: startsAt,
            createdBy: json["createdBy"].stringValue ?? "", comment: json["comment"].stringValue ?? "")
    }
}
