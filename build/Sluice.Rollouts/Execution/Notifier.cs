using System.Collections.Concurrent;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Notifications;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec.Notifications;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Tells places of a rollout's states, beside the rollout: each place once of each, with a few tries, and for no longer than a limit. It
/// neither writes the journal nor fails anything: it says what must be written down before it sends, and what came of it.
/// </summary>
/// <param name="places">Who is told.</param>
/// <param name="webhook">Sends.</param>
/// <param name="secretOf">The secret in an environment variable; null when the variable is not set.</param>
/// <param name="time">The clock.</param>
internal sealed class Notifier(
    IReadOnlyCollection<NotificationSpec> places, IWebhook webhook, Func<string, Secret?> secretOf, TimeProvider time)
{
    /// <summary>How often one place is tried.</summary>
    private const int MostTries = 4;

    /// <summary>The longest time that all tries together take; a run that is over waits for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait for an answer.</summary>
    private static readonly TimeSpan LimitOfTry = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first try; each one after it is twice as long.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly List<(NotificationIntended Intended, NotificationSpec Place, string Body)> _due = [];
    private readonly ConcurrentQueue<NotificationEnded> _ended = new();
    private readonly List<Task> _sending = [];

    /// <summary>Whether something was intended and is not under way: it is sent as soon as its intention is written down.</summary>
    public bool HasDue => _due.Count > 0;

    /// <summary>Sentences about places that can't be told, because what they need is not set.</summary>
    public IEnumerable<string> Obstacles() =>
        from place in places
        let missing = Missing(place)
        where missing.Length > 0
        select $"{place.Name} is told nothing: the environment variable {string.Join(" and ", missing)} is not set.";

    /// <summary>What has to be written down before a notice is sent; empty when everybody was told, or nobody is to be.</summary>
    /// <param name="notice">What there is to tell.</param>
    /// <param name="events">The rollout's events, of this run and those before it.</param>
    public IReadOnlyList<NotificationIntended> Intend(Notice notice, IReadOnlyList<JournalEvent> events)
    {
        var told = events.OfType<NotificationIntended>().Where(intended => intended.Occasion == notice.Occasion)
            .Select(intended => intended.Place)
            .ToHashSet();
        var due = places
            .Where(place => place.On.Contains(notice.State) && !told.Contains(place.Name) && Missing(place).Length == 0)
            .Select(place => (new NotificationIntended(time.GetUtcNow(), place.Name, notice.Occasion), place, NoticeBody.Of(place, notice)))
            .ToArray();
        _due.AddRange(due);
        return [.. due.Select(entry => entry.Item1)];
    }

    /// <summary>Begins to send what was intended; its intention is written down.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public void Send(CancellationToken cancellationToken)
    {
        _sending.AddRange(_due.Select(due => SendAsync(due.Intended, due.Place, due.Body, cancellationToken)));
        _due.Clear();
    }

    /// <summary>What has ended since it was asked for last.</summary>
    public IEnumerable<NotificationEnded> TakeEnded()
    {
        while (_ended.TryDequeue(out var ended))
        {
            yield return ended;
        }
    }

    /// <summary>Waits until nothing is under way, no longer than the limit for all tries.</summary>
    public Task AwaitAsync() => Task.WhenAll(_sending);

    private string[] Missing(NotificationSpec place) =>
        [.. new[] { place.AddressVariable, place.TokenVariable }.OfType<string>().Where(variable => secretOf(variable) is null)];

    private async Task SendAsync(NotificationIntended intended, NotificationSpec place, string body, CancellationToken cancellationToken)
    {
        string? failure;
        try
        {
            failure = await TryAsync(place, body, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            failure = "the run was cancelled";
        }
        catch (Exception error)
        {
            // Nobody's mistake in telling of a rollout may end it. What the mistake says may hold the address.
            failure = $"an error of the program ({error.GetType().Name})";
        }

        _ended.Enqueue(new(time.GetUtcNow(), intended.Place, intended.Occasion, failure));
    }

    /// <returns>Why it could not be told; null when it was.</returns>
    private async Task<string?> TryAsync(NotificationSpec place, string body, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        for (var (number, pause) = (1, FirstPause); ; number++, pause *= 2)
        {
            var left = Math.Clamp((Limit - time.GetElapsedTime(begin)).Ticks, FirstPause.Ticks, LimitOfTry.Ticks);
            var answer = await PostAsync(place, body, TimeSpan.FromTicks(left), cancellationToken);
            if (answer.Status is >= 200 and < 300)
            {
                return null;
            }

            var why = answer.Status == 0 ? answer.Sentence : $"HTTP {answer.Status}{(answer.Sentence.Length > 0 ? $", {answer.Sentence}" : "")}";
            if (answer.Status is not (0 or 408 or 429 or >= 500))
            {
                return why;
            }

            var wait = answer.RetryAfter ?? pause;
            if (number == MostTries || time.GetElapsedTime(begin) + wait >= Limit)
            {
                return $"{why}, at try {number} of {MostTries}";
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private Task<WebhookAnswer> PostAsync(NotificationSpec place, string body, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var token = place.TokenVariable is { } variable ? secretOf(variable) : null;
        return place.AddressVariable is { } hidden
            ? webhook.AskAsync(secretOf(hidden)!, body, token, timeout, cancellationToken)
            : webhook.AskAsync(place.Address!, body, token, timeout, cancellationToken);
    }
}
