using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads what is to go wrong in the local Azure ML, so that mistakes are told with file and line. A rollout has no use for it: what was
/// read is written down again, as the document that the local Azure ML takes.
/// </summary>
internal static class FaultsReader
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly string[] PartsOfRequests = ["surface", "method", "path"];
    private static readonly string[] FaultsOfModels = ["fail", "slow", "wrong", "drift"];
    private static readonly Format<string> Moments = Formats.Name("before", "after");
    private static readonly Format<TimeSpan> Delay = Formats.Time(TimeSpan.Zero, LongestDelay);
    private static readonly Format<int> Count = Formats.Whole(1, 1_000_000);

    private static readonly (string Key, Func<MapReader, JObject> Read, string About)[] Faults =
    [
        ("answer", ReadAnswer, "An error comes in the place of the answer."),
        ("reset", ReadReset, "The connection is reset in the place of an answer."),
        ("delay", ReadDelay, "The request waits."),
        ("truncate", ReadTruncate, "The answer breaks off."),
        ("stale", ReadStale, "A read gets what it got before the last change."),
        ("operation", ReadOperation, "The long-running operation that the request begins goes wrong."),
        ("disk", ReadDisk, "A write of the local Azure ML's own files fails."),
        ("fail", ReadFail, "A deployment's model fails: 424, with the status of its container in the header."),
        ("slow", ReadSlow, "A deployment's model takes its time."),
        ("wrong", ReadWrong, "A deployment's model gives some rows another label and a mirrored score; the same ones, by their content."),
        ("drift", ReadDrift, "A deployment's model gives shifted scores; labels are kept."),
    ];

    /// <summary>Reads the section and writes the document.</summary>
    public static string Read(MapReader map) => new MapCopy(map)
        .Optional(
            "clockSkew",
            Formats.SignedTime(TimeSpan.FromDays(1)),
            "How far its clock is ahead of this machine's; with a minus sign, behind.")
        .Section(
            "budgets",
            ReadBudgets,
            "Has Azure Resource Manager refuse with 429 what goes beyond its token buckets; {} has the sizes that Azure has published.")
        .List("rules", ReadRule, "The faults of requests, operations and the disk, in the order in which a request passes through them.")
        .Document.ToString(Formatting.None);

    private static JObject ReadBudgets(MapReader map) => new MapCopy(map)
        .Section("reads", ReadBucket, "GET and HEAD; Azure's has the size 250 and gets 25 a second.")
        .Section("writes", ReadBucket, "PUT, PATCH and POST; Azure's has the size 200 and gets 10 a second.")
        .Section("deletes", ReadBucket, "DELETE; Azure's has the size 200 and gets 10 a second.")
        .Document;

    private static JObject ReadBucket(MapReader map) => new MapCopy(map)
        .Optional("size", Count, "The most requests at once.")
        .Optional("perSecond", Formats.NumberAbove(0, 1_000_000), "The requests that come back each second.")
        .Document;

    private static JObject ReadRule(MapReader map)
    {
        var rule = new MapCopy(map)
            .Optional("surface", Formats.Name("arm", "blob", "scoring"), "The service; all of them without it.")
            .Optional("method", Formats.Name("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"), "The method; any without it.")
            .Optional(
                "path",
                Formats.Text,
                "The whole path, whatever its case; * stands for any characters. With a ? in it, path and query. Any without it.")
            .Optional(
                "deployment",
                Formats.Text,
                "The deployment's whole name, whatever its case, for faults of its model; * stands for any characters. Any without it.")
            .Optional("after", Formats.Whole(0, 1_000_000), "The first so many that fit are spared.")
            .Optional("every", Count, "Of the others each so-manyth is hit: 2 for the first, the third and so on.")
            .Optional("times", Count, "The most times that it happens; without an end when left out.")
            .Optional(
                "probability", Formats.NumberAbove(0, 1), "With which of those that are left it happens; the seed makes it repeatable.");
        foreach (var (key, read, about) in Faults)
        {
            rule.Section(key, read, about);
        }

        CheckFaults(map);
        return rule.Document;
    }

    private static void CheckFaults(MapReader map)
    {
        var written = Faults.Select(fault => fault.Key).Where(map.Has).ToList();
        if (written.Count == 0)
        {
            map.Mistake(map.Place, $"The rule has no fault; allowed: one of {string.Join(", ", Faults.Select(fault => fault.Key))}.");
        }

        foreach (var other in written.Skip(1))
        {
            map.Mistake(other, $"{map.PathOf(other)} is written beside {written[0]}; allowed: one fault in a rule.");
        }

        foreach (var fault in written.Where(fault => fault == "disk" || FaultsOfModels.Contains(fault)))
        {
            foreach (var key in PartsOfRequests.Where(map.Has))
            {
                map.Mistake(key, $"{map.PathOf(key)} is written beside {fault}; allowed: only with faults of requests.");
            }
        }

        if (map.Has("deployment") && written.Find(fault => !FaultsOfModels.Contains(fault)) is { } another)
        {
            map.Mistake(
                "deployment",
                $"{map.PathOf("deployment")} is written beside {another}; allowed: only with faults of models, "
                + $"{string.Join(", ", FaultsOfModels)}.");
        }
    }

    private static JObject ReadAnswer(MapReader map) => new MapCopy(map)
        .Required("status", Formats.Whole(400, 599), "The HTTP status.")
        .Optional("code", Formats.Text, "The error's code; the usual one of the status without it.")
        .Optional("message", Formats.Text, "The error's message.")
        .Optional("retryAfter", Delay, "What Retry-After says, rounded up to seconds.")
        .Optional("moment", Moments, "Before the effect of the request, which then does not come, or after it; before without it.")
        .Document;

    private static JObject ReadReset(MapReader map) => new MapCopy(map)
        .Optional("moment", Moments, "Before the effect of the request, which then does not come, or after it; before without it.")
        .Document;

    private static JObject ReadDelay(MapReader map) => new MapCopy(map)
        .Required("time", Delay, "How long.")
        .Optional("moment", Moments, "Before the effect of the request, or between it and the answer; before without it.")
        .Document;

    private static JObject ReadTruncate(MapReader map) => new MapCopy(map)
        .Optional("share", Formats.NumberBelow(0, 1), "The share of the body that comes; half of it without it.")
        .Document;

    private static JObject ReadStale(MapReader map) => new MapCopy(map).Document;

    private static JObject ReadOperation(MapReader map) => new MapCopy(map)
        .Required(
            "end",
            Formats.Name("hangs", "fails", "showsFailed", "showsSucceeded"),
            "It takes very long; it fails; its polling address says that it has failed, and it succeeds; or the other way round.")
        .Optional(
            "delay",
            Formats.Time(TimeSpan.Zero, TimeSpan.FromDays(30)),
            "How much later than usual it ends. Without it, 1h where it hangs, or else 0s.")
        .Optional("code", Formats.Text, "The error's code.")
        .Optional("message", Formats.Text, "The error's message.")
        .Document;

    private static JObject ReadDisk(MapReader map) => new MapCopy(map)
        .Required("state", Formats.Name("full", "readOnly"), "Why it takes no write.")
        .Optional("area", Formats.Name("blobs", "state"), "The files: contents of blobs, or the database; both without it.")
        .Document;

    private static JObject ReadFail(MapReader map) => AfterTraffic(new MapCopy(map)).Document;

    private static JObject ReadSlow(MapReader map) => AfterTraffic(new MapCopy(map)
        .Required("factor", Formats.NumberAbove(1, 100), "How many times as long as usual it takes.")
        .Optional(
            "least",
            Formats.Time(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            "What the usual time counts as at least, since a factor on a fraction of a millisecond would not be seen; 10ms without it."))
        .Document;

    private static JObject ReadWrong(MapReader map) => AfterTraffic(new MapCopy(map)
        .Required("share", Formats.NumberAbove(0, 1), "The share of all possible rows."))
        .Document;

    private static JObject ReadDrift(MapReader map) => AfterTraffic(new MapCopy(map)
        .Required("by", Formats.NumberFrom(-1, 1), "What is added to each probability, which stays between 0 and 1."))
        .Document;

    private static MapCopy AfterTraffic(MapCopy copy) => copy.Optional(
        "afterTraffic",
        Formats.Time(TimeSpan.Zero, TimeSpan.FromDays(30)),
        "How long after the deployment first has traffic, live or mirrored, it begins; from the deployment's start on without it.");
}
