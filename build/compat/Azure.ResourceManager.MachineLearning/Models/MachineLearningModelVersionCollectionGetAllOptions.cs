namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Which versions of a model to list, and in what order.</summary>
public class MachineLearningModelVersionCollectionGetAllOptions
{
    /// <summary>Asks for all that are not archived.</summary>
    public MachineLearningModelVersionCollectionGetAllOptions()
    {
    }

    /// <summary>Only those with this description.</summary>
    public string? Description { get; set; }

    /// <summary>The name of a feed.</summary>
    public string? Feed { get; set; }

    /// <summary>Which to show.</summary>
    public MachineLearningListViewType? ListViewType { get; set; }

    /// <summary>The number of versions to leave out at the front.</summary>
    public int? Offset { get; set; }

    /// <summary>The order, for example <c>createdtime desc</c>.</summary>
    public string? OrderBy { get; set; }

    /// <summary>Only those with these properties, as <c>name=value</c> separated by commas.</summary>
    public string? Properties { get; set; }

    /// <summary>Where to go on.</summary>
    public string? Skip { get; set; }

    /// <summary>Only those with these tags, as <c>name=value</c> separated by commas.</summary>
    public string? Tags { get; set; }

    /// <summary>The most to give on a page.</summary>
    public int? Top { get; set; }

    /// <summary>Only this version.</summary>
    public string? Version { get; set; }
}
