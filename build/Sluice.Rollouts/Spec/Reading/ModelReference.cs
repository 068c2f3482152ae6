namespace Sluice.Rollouts.Spec.Reading;

/// <summary>The model that a deployment's file names.</summary>
/// <param name="Name">Its registered name; null when the file says none.</param>
/// <param name="Folder">Its folder; null when the file says none.</param>
/// <param name="Type">What it is made of; null when the file does not say it.</param>
internal sealed record ModelReference(Field<string>? Name, FilePath? Folder, Field<ModelType>? Type);
