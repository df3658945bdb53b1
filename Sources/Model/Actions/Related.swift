/// What hangs together with one object: its owners and what it owns, or who refers to it.
public struct RelatedObjects: Sendable, Equatable {
    public enum Question: String, Sendable, Hashable { case tree, usedBy }
    public struct Node: Sendable, Equatable {
        public var object: ObjectReference
        /// 0 for the root.
        public var depth: Int
        /// "2/2 ready", "CrashLoopBackOff", or how it refers: "env of container app".
        public var words: String
        public var tone: Tone
        public init(_ object: ObjectReference, depth: Int = 0, words: String = "", tone: Tone = .plain) {
            self.object = object
            self.depth = depth
            self.words = words
            self.tone = tone
        }
    }
    public var nodes: [Node]
    /// Plain words on what could not be looked at.
    public var notices: [String]
    public init(nodes: [Node], notices: [String] = []) {
        self.nodes = nodes
        self.notices = notices
    }
}
