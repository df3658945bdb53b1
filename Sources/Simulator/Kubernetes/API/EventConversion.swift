/// Events are stored as the core group has them; the newer group gives the same by other names.
enum EventConversion {
    static func toNew(_ event: SimJSON) -> SimJSON {
        SimJSON.object(
            SimObject([
                ("metadata", event["metadata"]), ("eventTime", event["eventTime"]), ("series", event["series"]),
                ("reportingController", event["reportingComponent"]), ("reportingInstance", event["reportingInstance"]),
                ("action", event["action"]), ("reason", event["reason"]), ("regarding", event["involvedObject"]),
                ("related", event["related"]), ("note", event["message"]), ("type", event["type"]),
                ("deprecatedSource", event["source"]), ("deprecatedFirstTimestamp", event["firstTimestamp"]),
                ("deprecatedLastTimestamp", event["lastTimestamp"]), ("deprecatedCount", event["count"]),
            ])
        ).withoutNulls
    }
}
