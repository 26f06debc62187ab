// Runs in the audio thread: hands every block of mono samples to the page, as they are.
// A file of its own because an audio worklet can only be loaded from an address, and only from this origin.
class LoaRecorder extends AudioWorkletProcessor {
  process(inputs) {
    const channel = inputs[0] && inputs[0][0]
    if (channel && channel.length > 0) {
      const block = channel.slice()
      this.port.postMessage(block, [block.buffer])
    }
    return true
  }
}
registerProcessor('loa-recorder', LoaRecorder)
