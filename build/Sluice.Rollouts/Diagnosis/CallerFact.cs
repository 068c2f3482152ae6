namespace Sluice.Rollouts.Diagnosis;

/// <summary>Whom Azure takes the caller for, by the claims of the access token. Whatever the token does not say is null.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="ObjectId">The principal's id, to which roles are assigned.</param>
/// <param name="ApplicationId">The application that signed in.</param>
/// <param name="Name">A person's name for signing in; null for an application's own sign-in.</param>
public sealed record CallerFact(string? TenantId, string? ObjectId, string? ApplicationId, string? Name)
{
    /// <summary>The caller in words.</summary>
    public override string ToString() => (Name, ObjectId, ApplicationId) switch
    {
        ({ } name, { } id, _) => $"{name} (object id {id})",
        ({ } name, null, _) => name,
        (null, { } id, { } application) => $"the application {application} (object id {id})",
        (null, { } id, null) => $"the principal {id}",
        (null, null, { } application) => $"the application {application}",
        _ => "somebody whom the token does not name",
    };
}
