using Sluice.Rollouts.Analysis;

namespace Sluice.Rollouts.Notifications;

/// <summary>What a message to people says, in parts.</summary>
internal static class NoticeText
{
    /// <summary>Characters of a part: enough for sentences, and few enough for the limits of all places together.</summary>
    public const int LongestPart = 1_500;

    /// <summary>Characters of a label, which has a gate's name in it.</summary>
    private const int LongestLabel = 100;

    /// <summary>Gates that are shown, those that do not pass first.</summary>
    private const int MostGates = 5;

    /// <summary>The heading.</summary>
    public static string Heading(Notice notice) => NoticeTemplate.Fill("{endpoint}: rollout of {candidate} {state}", notice, value => value);

    /// <summary>What is known beside the reason, each with its label.</summary>
    public static IEnumerable<(string Label, string Value)> Facts(Notice notice)
    {
        yield return ("Traffic", notice.Traffic.ToString());
        foreach (var report in notice.Gates.OrderBy(report => report.Kind == VerdictKind.Pass).Take(MostGates))
        {
            yield return (Shortened.Of($"Gate {report.Gate}", LongestLabel), $"{report.Kind}{report.Remark}: {report.Sentence}");
        }

        yield return ("Rollout", $"{notice.Rollout}, by {notice.Actor}");
    }
}
