using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>What is sent for an event, with the text as it is at that moment.</summary>
internal sealed class HookBodies(IDirectory directory)
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // no page

    public async ValueTask<string> WriteAsync(OutgoingHook hook, Waiting waiting, CancellationToken cancellation)
    {
        var happening = waiting.Happening;
        var hasText = happening.What is HookEvent.Mensagem or HookEvent.Editada;
        var message = hasText ? await directory.FindMessageAsync(hook.Room, happening.Seq!.Value, cancellation) : null;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("id", waiting.IdOf(hook));
            json.WriteString("type", TypeOf(happening.What));
            json.WriteString("at", happening.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("room", hook.Room.Name);
            if (happening.From is not null) json.WriteString("from", happening.From);
            if (happening.Seq is { } seq) json.WriteNumber("seq", seq);
            if (message is not null) json.WriteString("text", message.Text);
            else if (hasText) json.WriteBoolean("deleted", true);
            if (happening.Emoji is not null) json.WriteString("emoji", happening.Emoji);
            if (happening.IsRemoved == true) json.WriteBoolean("removed", true);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string TypeOf(HookEvent? what) => what switch
    {
        null => "ping",
        HookEvent.Mensagem => "message",
        HookEvent.Editada => "edited",
        HookEvent.Apagada => "deleted",
        HookEvent.Reação => "reaction",
        HookEvent.Entrou => "joined",
        HookEvent.Saiu => "left",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
