using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A model folder and what its <c>MLmodel</c> says of the columns.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Columns">The signature's named inputs; empty when it has none.</param>
/// <param name="SignaturePlace">Where the inputs are written in <c>MLmodel</c>.</param>
internal sealed record MlflowModel(ModelFolder Folder, ImmutableArray<SignatureColumn> Columns, Place SignaturePlace);
