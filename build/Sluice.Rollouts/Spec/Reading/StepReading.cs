using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A step as it was read, for the rules between steps.</summary>
/// <param name="Weight">The weight; 0 for a step of mirrored traffic.</param>
/// <param name="Bake">The bake.</param>
internal sealed record StepReading(Field<int> Weight, Field<TimeSpan> Bake)
{
    /// <summary>The share of mirrored traffic; null for a step of live traffic.</summary>
    public Field<int>? Mirror { get; init; }

    /// <summary>How long the step waits for evidence at most; null when it does not.</summary>
    public Field<TimeSpan>? UntilEvidence { get; init; }

    /// <summary>The step's own gates.</summary>
    public ImmutableArray<Field<GateRule>> Gates { get; init; } = [];

    /// <summary>Where the step is written.</summary>
    public Documents.Place Place => Mirror?.Place ?? Weight.Place;

    /// <summary>Whether rules may look at its weight and its mirror.</summary>
    public bool HasGoodShare => Weight.IsGood && Mirror is not { IsGood: false };

    /// <summary>Whether rules may look at all of it.</summary>
    public bool IsGood => HasGoodShare && Bake.IsGood && UntilEvidence is not { IsGood: false };

    /// <summary>The step.</summary>
    public Step Step => new(Weight.Value, Bake.Value)
    {
        Mirror = Mirror?.Value ?? 0,
        UntilEvidence = UntilEvidence?.Value,
        Gates = Gates.Where(gate => gate.IsGood).Select(gate => gate.Value).ToImmutableArray(),
    };
}
