/// One column of a Table as the server describes it (`TableColumnDefinition` of meta.k8s.io/v1).
struct TableColumn: Sendable, Equatable {
    enum ValueType: String, Sendable { case string, integer, number, boolean, date }

    var name: String
    var type: ValueType
    var format: String
    var description: String
    /// 0 stands in every table, 1 in wide ones.
    var priority: Int

    init(_ name: String, _ type: ValueType, format: String = "", priority: Int = 0, _ description: String) {
        self.name = name
        self.type = type
        self.format = format
        self.description = description
        self.priority = priority
    }

    var json: SimJSON {
        [
            "name": .string(name), "type": .string(type.rawValue), "format": .string(format),
            "description": .string(description), "priority": .int(priority),
        ]
    }
}

extension TableColumn {
    static let nameText = """
        Name must be unique within a namespace. Is required when creating resources, although some \
        resources may allow a client to request the generation of an appropriate name automatically. Name \
        is primarily intended for creation idempotence and configuration definition. Cannot be updated. \
        More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names
        """

    static let creationText = """
        CreationTimestamp is a timestamp representing the server time when this object was created. It is \
        not guaranteed to be set in happens-before order across separate operations. Clients may not set \
        this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. \
        Null for lists. More info: \
        https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
        """

    /// What the server prints of kinds it has no columns for.
    static let plain: [TableColumn] = [
        TableColumn("Name", .string, format: "name", nameText),
        TableColumn("Created At", .date, creationText),
    ]
}
