import Model

/// One page of a list.
struct TablePage: Sendable {
    /// Empty when the server gave none.
    var columns: [TableColumn] = []
    var rows: [TableRow] = []
    var resourceVersion = ""
    /// Where the next page starts; nil on the last one.
    var continuation: String?
}

/// What one line of a watch says.
enum TableWatchEvent: Sendable {
    case put([TableRow], columns: [TableColumn])
    case removed([TableRow])
    /// Nothing happened up to here.
    case bookmark
    /// The server ended the watch; 410 means that it must be listed again.
    case failed(code: Int, message: String)
}
