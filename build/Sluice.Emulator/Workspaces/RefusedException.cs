namespace Sluice.Emulator.Workspaces;

/// <summary>A request that ARM or the resource provider turns down, with what goes over the wire. Made by <see cref="Refuse"/>.</summary>
internal sealed class RefusedException : Exception
{
    internal RefusedException(int status, string code, string message, RefusedBy by, string? detailCode = null, string? detailMessage = null)
        : base(detailMessage is null ? message : $"{message} {detailMessage}")
    {
        Status = status;
        Code = code;
        Text = message;
        By = by;
        DetailCode = detailCode;
        DetailMessage = detailMessage;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The error's code.</summary>
    public string Code { get; }

    /// <summary>The error's message.</summary>
    public string Text { get; }

    /// <summary>Who answers: the two have different headers.</summary>
    public RefusedBy By { get; }

    /// <summary>The code of the one entry in <c>details</c>, if there is one.</summary>
    public string? DetailCode { get; }

    /// <summary>The message of the one entry in <c>details</c>, if there is one.</summary>
    public string? DetailMessage { get; }
}
