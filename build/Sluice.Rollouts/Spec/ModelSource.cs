namespace Sluice.Rollouts.Spec;

/// <summary>
/// Where a version of the model comes from: <see cref="ModelFolder"/>, <see cref="WorkspaceModel"/> or <see cref="RegistryModel"/>, and
/// nothing else.
/// </summary>
public abstract record ModelSource
{
    private protected ModelSource()
    {
    }

    /// <summary>The source as a person names it.</summary>
    public abstract string Title { get; }
}
