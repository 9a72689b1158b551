using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary>Prints messages and changes of them, as text or as JSON.</summary>
internal sealed class ScriptPrinter
{
    private readonly ScriptSession session;
    private readonly LineFormat format;

    public ScriptPrinter(ScriptSession session)
    {
        this.session = session;
        var output = new UserOutput(session.Screen, session.Texts, new Palette(null));
        format = new LineFormat(TextDialogue.Parts(session.Client, output, new DialogueSettings()));
    }

    public void Print(Conversation where, DaemonFrame.Message message) =>
        session.Print(message, screen => screen.Print(format.Head(where, message), format.Body(message)));

    /// <summary>A message that changed unseen, as it is now.</summary>
    public void PrintRefreshed(Conversation where, DaemonFrame.Message message) => session.Print(message, screen =>
    {
        var (head, text) = format.Refreshed(where, message);
        screen.Print(head, text);
    });

    public void Print(Conversation where, DaemonFrame.Change change) => session.Print(change, screen =>
    {
        if (format.Change(where, change) is { } said) screen.Print(said.Head, said.Text);
    });
}
