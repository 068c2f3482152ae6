namespace Sluice.Emulator.Workspaces;

/// <summary>What a new endpoint gets from outside the rules, which know no randomness.</summary>
internal sealed record NewEndpoint(Guid PrincipalId, EndpointKeys Keys);
