/// The members of a JSON object in order. Looking a key up walks the members: Kubernetes objects are small at each level.
public struct SimObject: Sendable, Equatable {
    /// One member: its key and its value.
    public struct Member: Sendable, Equatable {
        public var key: String
        public var value: SimJSON

        public init(key: String, value: SimJSON) {
            self.key = key
            self.value = value
        }
    }

    public internal(set) var members: [Member]

    public init() { members = [] }

    public init(_ pairs: [(String, SimJSON)]) {
        members = pairs.map { Member(key: $0.0, value: $0.1) }
    }

    public var isEmpty: Bool { members.isEmpty }
    public var count: Int { members.count }
    public var keys: [String] { members.map(\.key) }

    /// The member's value; setting keeps the place of a present member and appends a new one, nil removes.
    public subscript(key: String) -> SimJSON? {
        get {
            for member in members where member.key == key { return member.value }
            return nil
        }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Objects are equal when they have the same members, in whatever order.
    public static func == (left: SimObject, right: SimObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        return left.members.allSatisfy { right[$0.key] == $0.value }
    }
}
