using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>
/// An endpoint that refuses what it does not know: two keys, or tokens that end. What can be read and what opens the endpoint are two things, as
/// in a service of several machines.
/// </summary>
internal sealed class GuardedEndpoint : IScoringClient
{
    private static readonly Uri ScoringUri = new("https://heart.example/score");

    private readonly Lock _lock = new();
    private readonly List<(string Token, DateTimeOffset RefreshAt, DateTimeOffset ExpiresAt)> _tokens = [];
    private int _drawn;

    public GuardedEndpoint(AuthMode mode = AuthMode.Key)
    {
        Shown = (Draw(), Draw());
        Opening = [Shown.Primary, Shown.Secondary];
        Workspace = new InMemoryWorkspace(Time)
        {
            Access = mode == AuthMode.Key ? ReadKeys : ReadToken,
            Regenerate = Regenerate,
            State = new([], new() { Name = Specs.Endpoint, State = ProvisioningState.Succeeded, AuthMode = mode }),
        };
    }

    public ManualTime Time { get; } = new();

    public InMemoryWorkspace Workspace { get; }

    /// <summary>The keys that can be read.</summary>
    public (string Primary, string Secondary) Shown { get; set; }

    /// <summary>The keys that open the endpoint.</summary>
    public HashSet<string> Opening { get; }

    /// <summary>How often a key or token was read.</summary>
    public int Reads { get; private set; }

    public int Sent { get; private set; }

    /// <summary>Whether the way to the keys and tokens is broken.</summary>
    public bool IsOutOfReach { get; set; }

    /// <summary>Whether the front door is too busy to look at any key.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Called when a new key can be read, with the old one and the new one; by default it opens the endpoint at once.</summary>
    public Action<string, string>? OnRegenerated { get; set; }

    public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Sent++;
            var key = access.Key.Reveal();
            var opens = Opening.Contains(key) || _tokens.Any(token => token.Token == key && token.ExpiresAt > Time.GetUtcNow());
            return Task.FromResult(new ScoringAnswer(IsBusy ? 429 : opens ? 200 : 401, opens && !IsBusy ? "default" : null, "[1]", TimeSpan.Zero));
        }
    }

    private ScoringAccess ReadKeys()
    {
        lock (_lock)
        {
            Read();
            return new(ScoringUri, new Secret(Shown.Primary)) { SpareKey = new Secret(Shown.Secondary) };
        }
    }

    private ScoringAccess ReadToken()
    {
        lock (_lock)
        {
            Read();
            var now = Time.GetUtcNow();
            if (!_tokens.Exists(token => token.RefreshAt > now))
            {
                _tokens.Add((Draw(), now.AddHours(12), now.AddHours(24)));
            }

            var (value, refreshAt, expiresAt) = _tokens[^1];
            return new(ScoringUri, new Secret(value)) { RefreshAt = refreshAt, ExpiresAt = expiresAt };
        }
    }

    private void Read()
    {
        Reads++;
        if (IsOutOfReach)
        {
            throw new WorkspaceCallException("get access", "Timeout", "the service did not answer");
        }
    }

    private void Regenerate(EndpointKey key)
    {
        var (old, drawn) = (key == EndpointKey.Primary ? Shown.Primary : Shown.Secondary, Draw());
        Shown = key == EndpointKey.Primary ? Shown with { Primary = drawn } : Shown with { Secondary = drawn };
        Opening.Remove(old);
        if (OnRegenerated is null)
        {
            Opening.Add(drawn);
        }

        OnRegenerated?.Invoke(old, drawn);
    }

    private string Draw() => $"secret-{++_drawn}";
}
