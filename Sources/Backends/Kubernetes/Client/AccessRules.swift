import JSON
import Model

extension AccessRules {
    /// The status of a SelfSubjectRulesReview.
    init(_ status: JSONValue?) {
        func texts(_ value: JSONValue?) -> [String] { value?.elements.compactMap(\.string) ?? [] }
        let rules = (status?["resourceRules"].map { Array($0.elements) } ?? []).map {
            AccessRules.Rule(
                verbs: texts($0["verbs"]), groups: texts($0["apiGroups"]), resources: texts($0["resources"]),
                names: texts($0["resourceNames"]))
        }
        self.init(rules: rules, isIncomplete: status?["incomplete"]?.bool ?? false)
    }
}
