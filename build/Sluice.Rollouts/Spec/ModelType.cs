namespace Sluice.Rollouts.Spec;

/// <summary>What a model is made of, as Azure ML names it.</summary>
public enum ModelType
{
    /// <summary><c>mlflow_model</c>: a folder with <c>MLmodel</c>, which Azure serves without code of one's own.</summary>
    Mlflow,

    /// <summary><c>custom_model</c>: any folder or file, which a deployment's own code loads.</summary>
    Custom,

    /// <summary><c>triton_model</c>: a model repository of the Triton server.</summary>
    Triton,
}
