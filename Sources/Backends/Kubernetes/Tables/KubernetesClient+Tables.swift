import HTTP
import JSON
import Model

/// Lists as the server prints them.
extension KubernetesClient {
    static let tableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
    /// Small, so that the first rows are on the screen at once.
    static let firstPage = 500
    /// Larger, because each page costs the server some 20 ms beside its rows; but a page of 2,000 pods takes 40 MB while
    /// it is parsed, one of 1,000 takes 15.
    static let laterPages = 1000

    /// All rows of a query, for subcommands; `notices` are plain words about what could not be listed.
    ///
    /// Where listing everywhere is refused, the namespaces that are known are listed one by one.
    public func list(
        _ query: TableQuery, knownNamespaces: [String] = []
    ) async throws -> (columns: [TableColumn], rows: [TableRow], notices: [String]) {
        do {
            let namespaces: [String?] = query.kind.isNamespaced && query.scope != .all ? query.scope.names : [nil]
            let (columns, rows) = try await list(query, in: namespaces)
            return (columns, rows, [])
        } catch let error as KubernetesError {
            guard error.isForbidden, query.scope == .all, query.kind.isNamespaced else { throw error }
            let choice = await namespaces(allowing: query.kind, among: knownNamespaces)
            guard !choice.names.isEmpty else { throw error }
            let (columns, rows) = try await list(query, in: choice.names)
            return (columns, rows, [choice.notice(for: query.kind)])
        }
    }

    /// The first `limit` rows, for a look at what is there.
    public func page(_ query: TableQuery, limit: Int) async throws -> (columns: [TableColumn], rows: [TableRow]) {
        var decoder = TableDecoder()
        let page = try await page(
            TableScope(query, namespace: query.scope.names.first), limit: limit, continuation: nil, &decoder)
        return (page.columns, page.rows)
    }

    private func list(_ query: TableQuery, in namespaces: [String?]) async throws -> ([TableColumn], [TableRow]) {
        var columns: [TableColumn] = []
        var rows: [TableRow] = []
        for namespace in namespaces {
            let scope = TableScope(query, namespace: namespace)
            try await eachPage(of: scope) { page in
                if columns.isEmpty { columns = page.columns }
                rows += page.rows
            }
        }
        return (columns, rows)
    }

    private func eachPage(of scope: TableScope, _ body: (TablePage) -> Void) async throws {
        var decoder = TableDecoder()
        var continuation: String?
        var isFirst = true
        repeat {
            do {
                let limit = isFirst ? Self.firstPage : Self.laterPages
                let page = try await page(scope, limit: limit, continuation: continuation, &decoder)
                continuation = page.continuation
                isFirst = false
                body(page)
            } catch KubernetesError.pageExpired(let fresh, _) {
                continuation = fresh
            } catch KubernetesError.throttled(let seconds, _, _, _) where seconds <= 30 {
                try await pacer.sleep(max(0.5, seconds))
            }
        } while continuation != nil || isFirst
    }

    func page(
        _ scope: TableScope, limit: Int, continuation: String?, _ decoder: inout TableDecoder
    ) async throws -> TablePage {
        let path = scope.list(limit: limit, continuation: continuation)
        // Tables of large clusters are sent only when the server has printed them all, which takes it some seconds.
        let limits = HTTPLimits(answer: 60, bodyBytes: 512 << 20)
        var rows: [TableRow] = []
        let rest = try await eachElement(of: path, accept: Self.tableAccept, limits: limits) { element, beginning in
            if rows.isEmpty { decoder.begin(beginning) }
            rows.append(decoder.row(of: element))
        }
        var page = try decoder.page(rest, target: path.path)
        page.rows = rows
        return page
    }
}

extension KubernetesError {
    var isForbidden: Bool { statusCode == 403 }

    /// The HTTP status behind it, where there was one.
    public var statusCode: Int? {
        switch self {
        case .status(let code, _, _, _), .throttled(_, let code, _, _): code
        case .pageExpired: 410
        case .transport, .credentials, .decoding, .kubeconfig: nil
        }
    }
}
