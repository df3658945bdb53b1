/// Autoscalers are stored as the second version has them; the first knows one metric, and what it does not know it
/// leaves out.
enum AutoscalerConversion {
    static func toFirst(_ json: SimJSON) -> SimJSON {
        var json = json
        var spec = json["spec"]
        if let percent = utilization(spec["metrics"], side: "target") {
            spec["targetCPUUtilizationPercentage"] = percent
        }
        spec["metrics"] = .null
        spec["behavior"] = .null
        json["spec"] = spec
        var status = json["status"]
        if let percent = utilization(status["currentMetrics"], side: "current") {
            status["currentCPUUtilizationPercentage"] = percent
        }
        status["currentMetrics"] = .null
        status["conditions"] = .null
        json["status"] = status
        return json
    }

    static func toSecond(_ json: SimJSON) -> SimJSON {
        var json = json
        let percent = json["spec"]["targetCPUUtilizationPercentage"]
        json["spec"]["targetCPUUtilizationPercentage"] = .null
        guard json["spec"]["metrics"].isNull else { return json }
        json["spec"]["metrics"] = [
            [
                "type": "Resource",
                "resource": [
                    "name": "cpu",
                    "target": ["type": "Utilization", "averageUtilization": percent.isNull ? 80 : percent],
                ],
            ]
        ]
        return json
    }

    private static func utilization(_ metrics: SimJSON, side: String) -> SimJSON? {
        let metric = metrics.items.first { $0["resource"]["name"] == "cpu" }
        return metric?["resource"][side]["averageUtilization"]
    }
}
