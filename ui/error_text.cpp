// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// See error_text.h.
#include "error_text.h"

#include <QCoreApplication>

namespace galago::ui {
namespace {

/// Gives the texts their translation context.
class Texts {
  Q_DECLARE_TR_FUNCTIONS(ErrorText)

 public:
  static ErrorText ofModel(Errc code);
  static ErrorText ofPicture(Errc code);
  static ErrorText ofAnswer(Errc code);
  static ErrorText ofTransfer(Errc code);
  static ErrorText ofImport(Errc code);
  static ErrorText ofExport(Errc code);
  static ErrorText ofFolder(Errc code);
  static ErrorText ofLibrary(Errc code);
  static ErrorText ofHistory(Errc code);
};

ErrorText Texts::ofModel(Errc code) {
  switch (code) {
    case Errc::kIo:
      return {tr("The model file could not be read."),
              tr("Check that it is still there and that you may read it, or choose another.")};
    case Errc::kFormat:
      return {tr("This file is damaged or is not a GGUF model."),
              tr("Download it again, or choose another model.")};
    case Errc::kUnsupported:
      return {tr("This model is of a kind that Galago cannot run."),
              tr("Choose a MobileVLM model: a language model and its mmproj file.")};
    case Errc::kOutOfMemory:
      return {tr("There is not enough memory for this model."),
              tr("Close other programs, set a shorter context, or choose a smaller model.")};
    case Errc::kDevice:
      return {tr("The computing device failed or is missing."),
              tr("Load the model again. If it fails again, start Galago with --device cpu.")};
    case Errc::kCancelled:
      return {tr("Loading was stopped."), tr("Load it again, or choose another model.")};
    case Errc::kInvalidArgument:
      return {tr("There is no such model."), tr("Choose an installed model, or open a GGUF file.")};
    case Errc::kContextFull:
      return {tr("The context is too short for this model."),
              tr("Set a longer context in the settings.")};
    case Errc::kNetwork:
      return {tr("The model could not be fetched."), tr("Check the network and try again.")};
    case Errc::kHash:
      return {tr("The model file was changed or is damaged."), tr("Download it again.")};
    case Errc::kInternal:
      break;
  }
  return {tr("Something unexpected went wrong while loading the model."),
          tr("Try again. If it happens again, please report it with the details.")};
}

ErrorText Texts::ofPicture(Errc code) {
  switch (code) {
    case Errc::kIo:
      return {tr("The picture could not be opened."),
              tr("Check that the file is still there and that you may read it.")};
    case Errc::kFormat:
      return {tr("Not a picture, or a damaged one."), tr("Try PNG, JPEG, WebP, BMP or GIF.")};
    case Errc::kUnsupported:
      return {tr("Galago cannot read this kind of picture."),
              tr("Save it as PNG or JPEG and add it again.")};
    case Errc::kOutOfMemory:
      return {tr("The picture is too large for the memory."), tr("Make it smaller first.")};
    case Errc::kInvalidArgument:
      return {tr("There is no picture in what was added."), tr("Add a picture file.")};
    case Errc::kNetwork:
      return {tr("The picture is on the network, and Galago works offline."),
              tr("Save it to this computer and add the file.")};
    case Errc::kCancelled:
      return {tr("Adding the picture was stopped."), tr("Add it again.")};
    case Errc::kDevice:
    case Errc::kContextFull:
    case Errc::kHash:
    case Errc::kInternal:
      break;
  }
  return {tr("Something unexpected went wrong with this picture."), tr("Try another picture.")};
}

ErrorText Texts::ofAnswer(Errc code) {
  switch (code) {
    case Errc::kContextFull:
      return {tr("This question is too long for the model's context."),
              tr("Shorten it, use fewer pictures, or set a longer context in the settings.")};
    case Errc::kInvalidArgument:
      return {tr("The model cannot answer this."),
              tr("If it is about a picture, choose a model that comes with an mmproj file.")};
    case Errc::kUnsupported:
    case Errc::kFormat:
      return {tr("The model cannot look at this picture."),
              tr("Try a picture that is less elongated.")};
    case Errc::kOutOfMemory:
      return {tr("The memory ran out while answering."),
              tr("Close other programs or set a shorter context, then ask again.")};
    case Errc::kDevice:
      return {tr("The computing device failed while answering."),
              tr("Load the model again, then ask again.")};
    case Errc::kCancelled:
      return {tr("The answer was stopped."), tr("Ask again.")};
    case Errc::kIo:
      return {tr("A picture of this chat can no longer be read."),
              tr("Edit its question and add the picture again, or begin a new chat.")};
    case Errc::kNetwork:
    case Errc::kHash:
    case Errc::kInternal:
      break;
  }
  return {tr("Something unexpected went wrong while answering."),
          tr("Ask again. If it happens again, please report it with the details.")};
}

ErrorText Texts::ofTransfer(Errc code) {
  switch (code) {
    case Errc::kNetwork:
      return {tr("The connection failed."),
              tr("Check the network and go on: what has come is kept.")};
    case Errc::kIo:
      return {tr("The file could not be written."),
              tr("Make room on the disk, or see the details, and go on.")};
    case Errc::kHash:
      return {tr("What came is not the file that was wanted."),
              tr("Nothing of it was kept. Try again later.")};
    case Errc::kFormat:
    case Errc::kUnsupported:
      return {tr("These files are not a model that Galago can run."),
              tr("Nothing of them was kept. Get another model.")};
    case Errc::kOutOfMemory:
    case Errc::kDevice:
    case Errc::kCancelled:
    case Errc::kInvalidArgument:
    case Errc::kContextFull:
    case Errc::kInternal:
      break;
  }
  return {tr("Something unexpected went wrong with this download."),
          tr("Try again. If it happens again, please report it with the details.")};
}

ErrorText Texts::ofImport(Errc code) {
  switch (code) {
    case Errc::kIo:
      return {tr("The files could not be read, or the copy could not be written."),
              tr("Check that they are still there and that the disk has room, then try again.")};
    case Errc::kHash:
    case Errc::kFormat:
      return {tr("These files are damaged or are not what they seem."),
              tr("Nothing of them was kept. Get them again.")};
    case Errc::kUnsupported:
      return {tr("This is of a kind that Galago cannot run."),
              tr("Choose a MobileVLM model. The details say what is different.")};
    case Errc::kInvalidArgument:
      return {tr("A model of this name is installed already."),
              tr("Import it again to replace that one.")};
    case Errc::kOutOfMemory:
      return {tr("There is not enough memory to convert this."),
              tr("Close other programs and try again.")};
    case Errc::kDevice:
    case Errc::kCancelled:
    case Errc::kContextFull:
    case Errc::kNetwork:
    case Errc::kInternal:
      break;
  }
  return {tr("Something unexpected went wrong while importing."),
          tr("Try again. If it happens again, please report it with the details.")};
}

ErrorText Texts::ofExport(Errc code) {
  switch (code) {
    case Errc::kIo:
      return {tr("The file could not be written."),
              tr("Check that there is room and that you may write there. Sticks formatted as FAT32 "
                 "hold no file of 4 GB or more: use exFAT.")};
    case Errc::kHash:
      return {tr("The model is damaged, so that it was not exported."),
              tr("Check its files and repair it first.")};
    case Errc::kInvalidArgument:
      return {tr("This model cannot be exported."), tr("The details say why.")};
    case Errc::kFormat:
    case Errc::kUnsupported:
    case Errc::kOutOfMemory:
    case Errc::kDevice:
    case Errc::kCancelled:
    case Errc::kContextFull:
    case Errc::kNetwork:
    case Errc::kInternal:
      break;
  }
  return {tr("Something unexpected went wrong while exporting."),
          tr("Try again. If it happens again, please report it with the details.")};
}

ErrorText Texts::ofFolder(Errc code) {
  if (code == Errc::kInvalidArgument)
    return {tr("This folder cannot be used for models as it is."),
            tr("Choose another one. The details say why.")};
  return {tr("The folder of models could not be changed."),
          tr("Check that you may write to it and that the disk is not full. No model was lost.")};
}

ErrorText Texts::ofLibrary(Errc code) {
  if (code == Errc::kInvalidArgument)
    return {tr("This cannot be done with this model."), tr("The details say why.")};
  return {tr("The folder of models could not be changed."),
          tr("Check that you may write to it and that the disk is not full.")};
}

ErrorText Texts::ofHistory(Errc code) {
  switch (code) {
    case Errc::kFormat:
      return {tr("The file of your chats is damaged: what is said now is not kept."),
              tr("Begin a new one: the damaged file stays beside it under another name.")};
    case Errc::kUnsupported:
      return {tr("Your chats were written by a newer Galago: what is said now is not kept."),
              tr("Use that version to see them. They are left as they are.")};
    default:
      return {
          tr("Chats cannot be kept at the moment. You can go on asking."),
          tr("Make room on the disk, check that you may write to the folder of the details, and "
             "try again: this chat is then kept whole.")};
  }
}

}  // namespace

ErrorText errorText(Errc code, ErrorPlace place) {
  switch (place) {
    case ErrorPlace::kModel:
      return Texts::ofModel(code);
    case ErrorPlace::kPicture:
      return Texts::ofPicture(code);
    case ErrorPlace::kTransfer:
      return Texts::ofTransfer(code);
    case ErrorPlace::kImport:
      return Texts::ofImport(code);
    case ErrorPlace::kExport:
      return Texts::ofExport(code);
    case ErrorPlace::kFolder:
      return Texts::ofFolder(code);
    case ErrorPlace::kLibrary:
      return Texts::ofLibrary(code);
    case ErrorPlace::kHistory:
      return Texts::ofHistory(code);
    case ErrorPlace::kAnswer:
      break;
  }
  return Texts::ofAnswer(code);
}

QString errorDetail(const Error& error) { return QString::fromStdString(error.message()); }

}  // namespace galago::ui
