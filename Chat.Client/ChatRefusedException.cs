namespace Chat.Client;

/// <summary>A refusal that its receiver did not want as a value.</summary>
public sealed class ChatRefusedException : Exception
{
    public ChatRefusedException(Refusal refusal) : base($"{refusal.Code}: {refusal.Text}") => Refusal = refusal;

    public Refusal Refusal { get; }
}
