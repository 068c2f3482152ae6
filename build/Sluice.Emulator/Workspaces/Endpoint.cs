namespace Sluice.Emulator.Workspaces;

/// <summary>An online endpoint.</summary>
/// <param name="Name">Its name, as it was spelt when it was created.</param>
/// <param name="Content">What is in force. While an update runs this is still the old content.</param>
/// <param name="Wanted">What comes into force when the running operation succeeds; null when nothing is to change.</param>
/// <param name="State">Where it stands.</param>
/// <param name="HasSucceeded">It has been Succeeded once; before that it has no URIs.</param>
/// <param name="PrincipalId">Object id of its system-assigned identity.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="WantedKeys">The keys after the running regeneration.</param>
/// <param name="Tokens">The tokens that were issued and have not ended.</param>
/// <param name="LastOperation">The last operation on it.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record Endpoint(
    string Name,
    EndpointContent Content,
    EndpointContent? Wanted,
    ProvisioningState State,
    bool HasSucceeded,
    Guid PrincipalId,
    EndpointKeys Keys,
    EndpointKeys? WantedKeys,
    IReadOnlyList<IssuedToken> Tokens,
    Guid LastOperation,
    DateTimeOffset CreatedAt,
    DateTimeOffset ModifiedAt);
