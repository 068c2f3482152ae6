using System.Text;
using System.Xml;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Faults;

/// <summary>Reads faults as JSON. Times are written as in the configuration or as ISO 8601 durations. All of a document is read before anything is made of it.</summary>
internal static class FaultReader
{
    private const int MostMatches = 1_000_000;
    private const string AfterTrafficName = "afterTraffic";
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestHang = TimeSpan.FromDays(30);
    private static readonly TimeSpan FurthestSkew = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestLeast = TimeSpan.FromMinutes(1);

    private static readonly (string Name, Func<JsonInput, FaultEffect> Read)[] Effects =
    [
        ("answer", ReadAnswer),
        ("reset", ReadReset),
        ("delay", ReadDelay),
        ("truncate", ReadTruncate),
        ("stale", ReadStale),
        ("operation", ReadOperation),
        ("disk", ReadDisk),
        ("fail", ReadFail),
        ("slow", ReadSlow),
        ("wrong", ReadWrong),
        ("drift", ReadDrift),
    ];

    /// <summary>Reads a text.</summary>
    /// <exception cref="RefusedException">It is none; the message names the member, what was found and what is allowed.</exception>
    public static FaultSettings Read(string json) => Read(ArmRequest.Parse(Encoding.UTF8.GetBytes(json)));

    /// <summary>Reads a document.</summary>
    /// <exception cref="RefusedException">As for a text.</exception>
    public static FaultSettings Read(JsonInput document)
    {
        var settings = new FaultSettings(
            Time(document, "clockSkew", -FurthestSkew, FurthestSkew) ?? TimeSpan.Zero,
            document.TakeObject("budgets") is { } budgets ? ReadBudgets(budgets) : null,
            [.. document.TakeObjects("rules").Select(ReadRule)]);
        document.RefuseRest("clockSkew", "budgets", "rules");
        return settings;
    }

    private static BudgetLimits ReadBudgets(JsonInput budgets)
    {
        var azure = BudgetLimits.Azure;
        var limits = new BudgetLimits(Bucket("reads", azure.Reads), Bucket("writes", azure.Writes), Bucket("deletes", azure.Deletes));
        budgets.RefuseRest("reads", "writes", "deletes");
        return limits;

        BucketLimit Bucket(string name, BucketLimit usual)
        {
            if (budgets.TakeObject(name) is not { } bucket)
            {
                return usual;
            }

            var limit = new BucketLimit(
                bucket.TakeInteger("size", 1, MostMatches) ?? usual.Size,
                bucket.TakeNumber("perSecond", value => value is > 0 and <= MostMatches, $"a number above 0, at most {MostMatches}")
                    ?? usual.PerSecond);
            bucket.RefuseRest("size", "perSecond");
            return limit;
        }
    }

    private static FaultRule ReadRule(JsonInput rule)
    {
        var written = rule.Rest();
        var surface = rule.TakeChoice("surface", "arm", "blob", "scoring") is { } name
            ? Enum.Parse<FaultSurface>(name, ignoreCase: true)
            : (FaultSurface?)null;
        var method = rule.TakeChoice("method", "GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
        var path = rule.TakeText("path");
        var deployment = rule.TakeText("deployment");
        var pace = new FaultPace(
            rule.TakeInteger("after", 0, MostMatches) ?? 0,
            rule.TakeInteger("every", 1, MostMatches) ?? 1,
            rule.TakeInteger("times", 1, MostMatches),
            rule.TakeNumber("probability", value => value is > 0 and <= 1, "a number above 0, at most 1") ?? 1);
        var effects = Effects
            .Select(effect => (effect.Name, effect.Read, Input: rule.TakeObject(effect.Name)))
            .Where(effect => effect.Input is not null)
            .ToList();
        rule.RefuseRest(
            ["surface", "method", "path", "deployment", "after", "every", "times", "probability", .. Effects.Select(effect => effect.Name)]);
        if (effects is not [var only])
        {
            throw Refuse.InvalidContent(
                $"'{rule.Path}' has {(effects.Count == 0 ? "no fault" : string.Join(" and ", effects.Select(effect => effect.Name)))}; "
                + $"expected is one of {string.Join(", ", Effects.Select(effect => effect.Name))}");
        }

        var fault = only.Read(only.Input!);
        if (fault is DiskEffect && (surface is not null || method is not null || path is not null))
        {
            throw Refuse.InvalidContent(
                $"'{rule.Path}' has disk beside surface, method or path; expected is disk alone, as it hits no request");
        }

        if (fault is ContainerEffect && (surface is not null || method is not null || path is not null))
        {
            throw Refuse.InvalidContent(
                $"'{rule.Path}' has {only.Name} beside surface, method or path; expected is deployment, as it hits a deployment's model");
        }

        if (fault is not ContainerEffect && deployment is not null)
        {
            throw Refuse.InvalidContent(
                $"'{rule.Path}' has {only.Name} beside deployment; expected is one of fail, slow, wrong, drift, "
                + "which hit a deployment's model");
        }

        return new FaultRule(new FaultMatch(surface, method, path, deployment), pace, fault, written);
    }

    private static AnswerEffect ReadAnswer(JsonInput input)
    {
        var effect = new AnswerEffect(
            input.TakeInteger("status", 400, 599) ?? throw Refuse.InvalidContent($"'{input.Path}.status' is missing"),
            input.TakeText("code"),
            input.TakeText("message"),
            Time(input, "retryAfter", TimeSpan.Zero, LongestDelay),
            Moment(input));
        input.RefuseRest("status", "code", "message", "retryAfter", "moment");
        return effect;
    }

    private static ResetEffect ReadReset(JsonInput input)
    {
        var effect = new ResetEffect(Moment(input));
        input.RefuseRest("moment");
        return effect;
    }

    private static DelayEffect ReadDelay(JsonInput input)
    {
        var effect = new DelayEffect(
            Time(input, "time", TimeSpan.Zero, LongestDelay) ?? throw Refuse.InvalidContent($"'{input.Path}.time' is missing"),
            Moment(input));
        input.RefuseRest("time", "moment");
        return effect;
    }

    private static TruncateEffect ReadTruncate(JsonInput input)
    {
        const double half = 0.5;
        var effect = new TruncateEffect(
            input.TakeNumber("share", value => value is >= 0 and < 1, "a number from 0 to below 1") ?? half);
        input.RefuseRest("share");
        return effect;
    }

    private static StaleEffect ReadStale(JsonInput input)
    {
        input.RefuseRest();
        return new StaleEffect();
    }

    private static OperationEffect ReadOperation(JsonInput input)
    {
        var end = input.TakeChoice("end", "hangs", "fails", "showsFailed", "showsSucceeded")
            ?? throw Refuse.InvalidContent($"'{input.Path}.end' is missing");
        var kind = Enum.Parse<OperationFaultKind>(end, ignoreCase: true);
        var fault = new OperationFault(
            kind,
            Time(input, "delay", TimeSpan.Zero, LongestHang) ?? (kind == OperationFaultKind.Hangs ? LongestDelay : TimeSpan.Zero),
            new OperationError(
                input.TakeText("code") ?? "InternalServerError",
                input.TakeText("message") ?? "A fault rule of the local Azure ML failed this operation."));
        input.RefuseRest("end", "delay", "code", "message");
        return new OperationEffect(fault);
    }

    private static DiskEffect ReadDisk(JsonInput input)
    {
        var state = input.TakeChoice("state", "full", "readOnly") ?? throw Refuse.InvalidContent($"'{input.Path}.state' is missing");
        var area = input.TakeChoice("area", "blobs", "state");
        input.RefuseRest("state", "area");
        return new DiskEffect(
            Enum.Parse<DiskState>(state, ignoreCase: true), area is null ? null : Enum.Parse<DiskArea>(area, ignoreCase: true));
    }

    private static FailEffect ReadFail(JsonInput input)
    {
        var effect = new FailEffect(AfterTraffic(input));
        input.RefuseRest(AfterTrafficName);
        return effect;
    }

    private static SlowEffect ReadSlow(JsonInput input)
    {
        var effect = new SlowEffect(
            input.TakeNumber("factor", value => value is > 1 and <= 100, "a number above 1, at most 100")
                ?? throw Refuse.InvalidContent($"'{input.Path}.factor' is missing"),
            Time(input, "least", TimeSpan.Zero, LongestLeast) ?? SlowEffect.UsualLeast,
            AfterTraffic(input));
        input.RefuseRest("factor", "least", AfterTrafficName);
        return effect;
    }

    private static WrongEffect ReadWrong(JsonInput input)
    {
        var effect = new WrongEffect(
            input.TakeNumber("share", value => value is > 0 and <= 1, "a number above 0, at most 1")
                ?? throw Refuse.InvalidContent($"'{input.Path}.share' is missing"),
            AfterTraffic(input));
        input.RefuseRest("share", AfterTrafficName);
        return effect;
    }

    private static DriftEffect ReadDrift(JsonInput input)
    {
        var effect = new DriftEffect(
            input.TakeNumber("by", value => value is >= -1 and <= 1, "a number from -1 to 1")
                ?? throw Refuse.InvalidContent($"'{input.Path}.by' is missing"),
            AfterTraffic(input));
        input.RefuseRest("by", AfterTrafficName);
        return effect;
    }

    private static TimeSpan? AfterTraffic(JsonInput input) => Time(input, AfterTrafficName, TimeSpan.Zero, LongestHang);

    private static TimeSpan? Time(JsonInput input, string name, TimeSpan least, TimeSpan most)
    {
        if (input.TakeText(name) is not { } text)
        {
            return null;
        }

        return FaultTime.TryParse(text) is { } time && time >= least && time <= most
            ? time
            : throw Refuse.InvalidContent(
                $"'{(input.Path.Length == 0 ? "" : $"{input.Path}.")}{name}' is '{text}'; expected is a time such as 5s, 1m30s or PT5S, from "
                + $"{XmlConvert.ToString(least)} to {XmlConvert.ToString(most)}");
    }

    private static FaultMoment Moment(JsonInput input) =>
        input.TakeChoice("moment", "before", "after") == "after" ? FaultMoment.AfterEffect : FaultMoment.BeforeEffect;
}
