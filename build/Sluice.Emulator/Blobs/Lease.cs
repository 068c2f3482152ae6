namespace Sluice.Emulator.Blobs;

/// <summary>
/// The lease of a blob or container. Its state is a function of the time, so nothing has to happen for it to expire. The
/// transitions are those of the blob service's documentation ("Lease Blob", outcomes by lease state).
/// </summary>
/// <param name="Id">Who holds it.</param>
/// <param name="Duration">How long it lasts from each acquisition or renewal; null is for ever.</param>
/// <param name="EndsAt">When it expires; null is never.</param>
/// <param name="BreaksAt">When it is broken; null when nobody asked for that.</param>
internal sealed record Lease(Guid Id, TimeSpan? Duration, DateTimeOffset? EndsAt, DateTimeOffset? BreaksAt)
{
    /// <summary>The state at a time. A resource without a lease is <see cref="LeaseState.Available"/>.</summary>
    public static LeaseState StateOf(Lease? lease, DateTimeOffset now) => lease switch
    {
        null => LeaseState.Available,
        { BreaksAt: { } end } => end <= now ? LeaseState.Broken : LeaseState.Breaking,
        { EndsAt: { } end } when end <= now => LeaseState.Expired,
        _ => LeaseState.Leased,
    };

    /// <summary>Whether writes need the lease's id.</summary>
    public static bool IsLocked(Lease? lease, DateTimeOffset now) => StateOf(lease, now) is LeaseState.Leased or LeaseState.Breaking;

    /// <summary>Takes the lease, or takes it again with the same id.</summary>
    public static Lease Acquire(Lease? lease, Guid id, TimeSpan? duration, DateTimeOffset now) => StateOf(lease, now) switch
    {
        LeaseState.Leased when lease!.Id != id => throw Conflict("LeaseAlreadyPresent", "There is already a lease present."),
        LeaseState.Breaking when lease!.Id == id => throw Conflict(
            "LeaseIsBreakingAndCannotBeAcquired", "The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken."),
        LeaseState.Breaking => throw Conflict("LeaseAlreadyPresent", "There is already a lease present."),
        _ => new Lease(id, duration, now + duration, BreaksAt: null),
    };

    /// <summary>Starts the duration anew. An expired lease can be renewed as long as nobody has written or leased since.</summary>
    public static Lease Renew(Lease? lease, Guid id, DateTimeOffset now)
    {
        var held = Held(lease, id);
        return StateOf(lease, now) is LeaseState.Leased or LeaseState.Expired
            ? held with { EndsAt = now + held.Duration }
            : throw Conflict("LeaseIsBrokenAndCannotBeRenewed", "The lease ID matched, but the lease has been broken explicitly and cannot be renewed.");
    }

    /// <summary>Changes the id.</summary>
    public static Lease Change(Lease? lease, Guid id, Guid proposed, DateTimeOffset now) => StateOf(lease, now) switch
    {
        LeaseState.Leased when lease!.Id == id || lease.Id == proposed => lease with { Id = proposed },
        LeaseState.Leased => throw Mismatch(),
        LeaseState.Breaking when lease!.Id == id => throw Conflict(
            "LeaseIsBreakingAndCannotBeChanged", "The lease ID matched, but the lease is currently in breaking state and cannot be changed."),
        LeaseState.Breaking => throw Mismatch(),
        _ => throw NotPresent(),
    };

    /// <summary>Gives the lease back, in whatever state it is.</summary>
    public static void Release(Lease? lease, Guid id) => Held(lease, id);

    /// <summary>Ends the lease without its id, at once or after a period.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="period">How long it is to hold on yet; null means what remains of it, and none for one that lasts for ever.</param>
    /// <param name="now">The time.</param>
    public static Lease Break(Lease? lease, TimeSpan? period, DateTimeOffset now)
    {
        switch (StateOf(lease, now))
        {
            case LeaseState.Available:
                throw NotPresent();
            case LeaseState.Broken:
                return lease!;
            case LeaseState.Expired:
                return lease! with { BreaksAt = now };
        }

        var naturalEnd = lease!.BreaksAt ?? lease.EndsAt;
        var wantedEnd = period is { } given ? now + given : lease.BreaksAt ?? lease.EndsAt ?? now;
        return lease with { BreaksAt = naturalEnd is { } end && end < wantedEnd ? end : wantedEnd };
    }

    /// <summary>Time until a lease that is being broken is broken.</summary>
    public TimeSpan BreakTime(DateTimeOffset now) => BreaksAt is { } end && end > now ? end - now : TimeSpan.Zero;

    /// <summary>Checks that a write may happen.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="given">The id that the request names, or null.</param>
    /// <param name="now">The time.</param>
    /// <param name="resource"><c>Blob</c> or <c>Container</c>, for the error's code.</param>
    public static void CheckWrite(Lease? lease, Guid? given, DateTimeOffset now, string resource)
    {
        if (IsLocked(lease, now) && given is null)
        {
            throw Precondition("LeaseIdMissing", "There is currently a lease on the resource and no lease ID was specified in the request.");
        }

        CheckRead(lease, given, now, resource);
    }

    /// <summary>Checks that the id that a request names, if it names one, holds the lease.</summary>
    public static void CheckRead(Lease? lease, Guid? given, DateTimeOffset now, string resource)
    {
        if (given is not { } id)
        {
            return;
        }

        switch (StateOf(lease, now))
        {
            case LeaseState.Available:
                throw Precondition($"LeaseNotPresentWith{resource}Operation", "There is currently no lease on the resource.");
            case LeaseState.Expired or LeaseState.Broken:
                throw Precondition("LeaseLost", "A lease ID was specified, but the lease for the resource has expired.");
            default:
                if (lease!.Id != id)
                {
                    throw Precondition(
                        $"LeaseIdMismatchWith{resource}Operation", "The lease ID specified did not match the lease ID for the resource.");
                }

                break;
        }
    }

    /// <summary>What a write leaves of a lease: one that had expired is gone, so that it can no longer be renewed.</summary>
    public static Lease? AfterWrite(Lease? lease, DateTimeOffset now) => IsLocked(lease, now) ? lease : null;

    private static Lease Held(Lease? lease, Guid id) => lease is null ? throw NotPresent() : lease.Id == id ? lease : throw Mismatch();

    private static BlobRefusedException Mismatch() => Conflict(
        "LeaseIdMismatchWithLeaseOperation", "The lease ID specified did not match the lease ID for the resource.");

    private static BlobRefusedException NotPresent() => Conflict("LeaseNotPresentWithLeaseOperation", "There is currently no lease on the resource.");

    private static BlobRefusedException Conflict(string code, string message) => BlobRefuse.Lease(409, code, message);

    private static BlobRefusedException Precondition(string code, string message) => BlobRefuse.Lease(412, code, message);
}
