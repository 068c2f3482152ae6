namespace Azure.ResourceManager.MachineLearning.Models;

/// <summary>The tier of a SKU.</summary>
public enum MachineLearningSkuTier
{
    /// <summary>Free of charge.</summary>
    Free = 0,

    /// <summary>Basic.</summary>
    Basic = 1,

    /// <summary>Standard.</summary>
    Standard = 2,

    /// <summary>Premium.</summary>
    Premium = 3,
}
