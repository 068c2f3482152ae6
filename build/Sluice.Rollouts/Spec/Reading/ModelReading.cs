using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A version of the model and what is known of the columns that it takes.</summary>
/// <param name="Source">The version.</param>
/// <param name="Columns">The named inputs of the signature in <c>MLmodel</c>; empty when it has none or was not read.</param>
/// <param name="SignaturePlace">Where the inputs are written; where the version is named when they are not.</param>
internal sealed record ModelReading(ModelSource Source, ImmutableArray<SignatureColumn> Columns, Place SignaturePlace);
