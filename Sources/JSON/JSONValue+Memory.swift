extension JSONValue {
    /// Gives back the scratch memory that is kept for parsing the next page of a list; for after a long list.
    public static func releaseScratch() { JSONParserPool.shared.releasePages() }
}
