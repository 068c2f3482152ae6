namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>Which datastores to list, and in what order.</summary>
public class MachineLearningDatastoreCollectionGetAllOptions
{
    /// <summary>Asks for all.</summary>
    public MachineLearningDatastoreCollectionGetAllOptions()
    {
    }

    /// <summary>The most to give on a page.</summary>
    public int? Count { get; set; }

    /// <summary>Only the default one, or only the others.</summary>
    public bool? IsDefault { get; set; }

    /// <summary>Only these.</summary>
    public IList<string> Names { get; } = [];

    /// <summary>The member to order by.</summary>
    public string? OrderBy { get; set; }

    /// <summary>Whether the order ascends.</summary>
    public bool? OrderByAsc { get; set; }

    /// <summary>Only those with this text in the name.</summary>
    public string? SearchText { get; set; }

    /// <summary>Where to go on.</summary>
    public string? Skip { get; set; }
}
