namespace Sluice.Rollouts.Spec.Reading;

/// <summary>What a deployment's file says.</summary>
/// <param name="Spec">The deployment.</param>
/// <param name="Name">Its name and where it is written.</param>
/// <param name="ComputeKind">Where its containers run, and where that is written.</param>
/// <param name="EndpointName">The endpoint that it is for; null when the file says none.</param>
/// <param name="Model">The model that it names.</param>
internal sealed record DeploymentFile(
    DeploymentSpec Spec, Field<string> Name, Field<ComputeKind> ComputeKind, Field<string>? EndpointName, ModelReference Model);
