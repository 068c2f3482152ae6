using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>
/// Reads a webhook's answer: 2xx is a Pass, 4xx a Fail, anything else an Error. So is a 4xx that speaks of the request and not of the candidate:
/// whoever asks has no right, asks at the wrong place, or has to ask later.
/// </summary>
internal static class WebhookGate
{
    /// <summary>Asks the gate.</summary>
    public static GateReport Judge(WebhookRule rule, CandidateEvidence evidence)
    {
        if (evidence.WebhookOf(rule.Name) is not { } answer)
        {
            return new(rule.Name, VerdictKind.NoData, $"{rule.Address.Host} has not been asked yet", IsConclusive: false, Numbers.Of());
        }

        var numbers = Numbers.Of(("status", answer.Status));
        var said = answer.Sentence.Length > 0 ? $": {answer.Sentence}" : "";
        return answer.Status switch
        {
            401 or 403 or 404 or 408 or 429 => new(
                rule.Name, VerdictKind.Error, $"{rule.Address.Host} answered {answer.Status}{said}", IsConclusive: false, numbers),
            >= 200 and <= 299 => new(rule.Name, VerdictKind.Pass, $"{rule.Address.Host} answered {answer.Status}{said}", IsConclusive: true, numbers),
            >= 400 and <= 499 => new(rule.Name, VerdictKind.Fail, $"{rule.Address.Host} answered {answer.Status}{said}", IsConclusive: true, numbers),
            0 => new(rule.Name, VerdictKind.Error, $"no answer of {rule.Address.Host}{said}", IsConclusive: false, numbers),
            _ => new(rule.Name, VerdictKind.Error, $"{rule.Address.Host} answered {answer.Status}{said}", IsConclusive: false, numbers),
        };
    }
}
