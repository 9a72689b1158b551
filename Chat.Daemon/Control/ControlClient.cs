using System.Net.Sockets;
using System.Text.Json;

namespace Chat.Daemon.Control;

/// <summary>Gives an order to the daemon that uses a data folder.</summary>
internal static class ControlClient
{
    /// <param name="receive">Takes the answer, and what follows it.</param>
    /// <exception cref="ControlUnansweredException">The daemon did not take the order, or ended before it had answered.</exception>
    public static async Task<T> OrderAsync<T>(
        string data, ControlFrames.Order order, Func<ControlFrames.Answer, Stream, Task<T>> receive, CancellationToken cancellation)
    {
        try
        {
            using var address = new ControlAddress(data);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(address.EndPoint, cancellation);
            await using var stream = new NetworkStream(socket);
            await ControlFrames.WriteAsync(stream, order, cancellation);
            return await receive(await ControlFrames.ReadAnswerAsync(stream, cancellation), stream);
        }
        catch (Exception e) when (
            e is SocketException or JsonException or EndOfStreamException or IOException { InnerException: SocketException })
        {
            throw new ControlUnansweredException(e.Message.TrimEnd('.'), e);
        }
    }
}
