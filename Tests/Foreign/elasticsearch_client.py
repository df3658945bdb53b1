"""Elasticsearch's own Python client against the simulated Elasticsearch, whose address is the first argument."""

import sys

from elasticsearch import Elasticsearch, NotFoundError, BadRequestError

client = Elasticsearch(sys.argv[1], request_timeout=60)


def check(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


# The client itself refuses whatever does not name itself as Elasticsearch.
info = client.info()
check(info["version"]["number"].startswith("8."), "the version is an 8")
check(client.ping(), "it answers a ping")

indices = client.indices.resolve_index(name="logstash-*")["indices"]
check(len(indices) >= 7, "there is a week of daily indices")
check(client.cat.indices(index="logstash-*", format="json", h="index,docs.count")[-1]["index"] == indices[-1]["name"],
      "cat names the same newest index")
caps = client.field_caps(index="logstash-*", fields="*")["fields"]
check(caps["kubernetes.pod_name.keyword"]["keyword"]["aggregatable"], "keywords can be aggregated")

recent = {"range": {"@timestamp": {"gte": "now-2m"}}}
answer = client.search(
    index="logstash-*", size=5, sort=[{"@timestamp": "desc"}, {"_doc": "desc"}], track_total_hits=True,
    query={"bool": {"filter": [recent, {"term": {"kubernetes.namespace_name.keyword": "payments"}}]}},
    aggs={"perMinute": {"date_histogram": {"field": "@timestamp", "fixed_interval": "1m"}},
          "pods": {"terms": {"field": "kubernetes.pod_name.keyword", "size": 3}}})
check(len(answer["hits"]["hits"]) == 5, "five hits")
check(answer["hits"]["total"]["relation"] == "eq", "counted to the end")
check(sum(b["doc_count"] for b in answer["aggregations"]["perMinute"]["buckets"]) == answer["hits"]["total"]["value"],
      "the histogram counts every hit")
check(len(answer["aggregations"]["pods"]["buckets"]) == 3, "three pods")
check(client.count(index="logstash-*", query=recent)["count"] > 0, "count counts")

# A whole stretch by point in time and search_after.
pit = client.open_point_in_time(index="logstash-*", keep_alive="1m")["id"]
seen, after = [], None
while True:
    page = client.search(
        pit={"id": pit, "keep_alive": "1m"}, size=100, sort=[{"@timestamp": "asc"}, {"_shard_doc": "asc"}],
        query={"bool": {"filter": [{"range": {"@timestamp": {"gte": "now-30s"}}},
                                   {"term": {"kubernetes.namespace_name.keyword": "payments"}}]}},
        search_after=after)
    hits = page["hits"]["hits"]
    if not hits:
        break
    seen += [hit["_id"] for hit in hits]
    after = hits[-1]["sort"]
check(len(seen) > 100 and len(set(seen)) == len(seen), "paging gives every hit once")
check(client.close_point_in_time(id=pit)["succeeded"], "the point in time is closed")

found = client.search(index="logstash-*", size=1, query={"query_string": {"query": 'log:"payment captured" AND stream:stdout'}})
check("payment captured" in found["hits"]["hits"][0]["_source"]["log"], "the query string finds the phrase")
job = client.async_search.submit(index="logstash-*", size=1, wait_for_completion_timeout="5s", query=recent)
check(not job["is_running"], "an asynchronous search is done")
pair = client.msearch(searches=[{"index": "logstash-*"}, {"size": 0}, {"index": "nowhere"}, {"size": 0}])["responses"]
check([one["status"] for one in pair] == [200, 404], "one of two searches fails alone")

try:
    client.search(index="nowhere")
    sys.exit("not so: an index that is not there is an error")
except NotFoundError as error:
    check(error.error == "index_not_found_exception", "the error has its name")
try:
    client.search(index="logstash-*", from_=10_000, size=1)
    sys.exit("not so: a window beyond ten thousand is an error")
except BadRequestError as error:
    check("Result window is too large" in str(error.body), "the error says why")
print("elasticsearch client: everything as it should be")
