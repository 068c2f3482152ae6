using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Checks a property on random values, from a seed that is printed; SLUICE_SEED set to it tries the same values again.</summary>
internal static class Properties
{
    public static void Check<T>(int times, Arbitrary<T> values, Func<T, Task> holds)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out var given)
            ? given
            : (ulong)Random.Shared.NextInt64();
        TestContext.Out.WriteLine($"SLUICE_SEED={seed}");
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(times)
            .WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(values, value => holds(value).GetAwaiter().GetResult()));
    }
}
