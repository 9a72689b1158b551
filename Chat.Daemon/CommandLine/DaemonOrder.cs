using Chat.Daemon.Control;
using Chat.Daemon.Diagnostics;

namespace Chat.Daemon.CommandLine;

/// <summary>Gives an order of a command to the daemon that uses the data folder.</summary>
internal static class DaemonOrder
{
    /// <inheritdoc cref="ControlClient.OrderAsync{T}"/>
    /// <exception cref="StartupException">The daemon did not take the order, or ended before it had answered.</exception>
    public static async Task<ControlFrames.Answer> GiveAsync(
        string data, ControlFrames.Order order, ProgramTexts texts, Func<ControlFrames.Answer, Stream, Task<ControlFrames.Answer>> receive,
        CancellationToken cancellation)
    {
        try
        {
            return await ControlClient.OrderAsync(data, order, receive, cancellation);
        }
        catch (ControlUnansweredException e)
        {
            throw new StartupException(ExitStatus.InUse, texts.ControlNotAnswered(data, e.Message));
        }
    }

    /// <summary>For an order that only has an answer.</summary>
    /// <exception cref="StartupException">The daemon did not take the order, or ended before it had answered.</exception>
    public static Task<ControlFrames.Answer> GiveAsync(
        string data, ControlFrames.Order order, ProgramTexts texts, CancellationToken cancellation) =>
        GiveAsync(data, order, texts, (answer, _) => Task.FromResult(answer), cancellation);
}
